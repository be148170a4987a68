{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro feature_info(model) -%}
    {{ return(adapter.dispatch('feature_info', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__feature_info(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('feature_info', 'ML.FEATURE_INFO', call) }}
{%- endmacro %}
