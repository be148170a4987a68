{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro weights(model, standardize=none, trial_id=none) -%}
    {{ return(adapter.dispatch('weights', 'goldloop')(model, standardize, trial_id)) }}
{%- endmacro %}

{% macro default__weights(model, standardize=none, trial_id=none) -%}
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
    {{ goldloop._ml_query('weights', 'ML.WEIGHTS', call) }}
{%- endmacro %}
