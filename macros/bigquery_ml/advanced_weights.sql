{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro advanced_weights(model, standardize=none) -%}
    {{ return(adapter.dispatch('advanced_weights', 'goldloop')(model, standardize)) }}
{%- endmacro %}

{% macro default__advanced_weights(model, standardize=none) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
            'standardize': goldloop._ml_literal(standardize),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('advanced_weights', 'ML.ADVANCED_WEIGHTS', call) }}
{%- endmacro %}
