{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro recommend(model, source=none, trial_id=none) -%}
    {{ return(adapter.dispatch('recommend', 'goldloop')(model, source, trial_id)) }}
{%- endmacro %}

{% macro default__recommend(model, source=none, trial_id=none) -%}
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
    {{ goldloop._ml_query('recommend', 'ML.RECOMMEND', call) }}
{%- endmacro %}
