{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro holiday_info(model) -%}
    {{ return(adapter.dispatch('holiday_info', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__holiday_info(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('holiday_info', 'ML.HOLIDAY_INFO', call) }}
{%- endmacro %}
