{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro principal_component_info(model) -%}
    {{ return(adapter.dispatch('principal_component_info', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__principal_component_info(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('principal_component_info', 'ML.PRINCIPAL_COMPONENT_INFO', call) }}
{%- endmacro %}
