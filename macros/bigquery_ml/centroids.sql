{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro centroids(model, standardize=none, trial_id=none) -%}
    {{ return(adapter.dispatch('centroids', 'goldloop')(model, standardize, trial_id)) }}
{%- endmacro %}

{% macro default__centroids(model, standardize=none, trial_id=none) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
            'standardize': goldloop._ml_literal(standardize),
            'trial_id': goldloop._ml_literal(trial_id),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('centroids', 'ML.CENTROIDS', call) }}
{%- endmacro %}
