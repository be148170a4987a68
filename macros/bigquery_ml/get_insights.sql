{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro get_insights(model) -%}
    {{ return(adapter.dispatch('get_insights', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__get_insights(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('get_insights', 'ML.GET_INSIGHTS', call) }}
{%- endmacro %}
