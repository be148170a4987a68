{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro generate_embedding(model, source=none, trial_id=none) -%}
    {{ return(adapter.dispatch('generate_embedding', 'goldloop')(model, source, trial_id)) }}
{%- endmacro %}

{% macro default__generate_embedding(model, source=none, trial_id=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'trial_id': goldloop._ml_literal(trial_id),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('generate_embedding', 'ML.GENERATE_EMBEDDING', call) }}
{%- endmacro %}
