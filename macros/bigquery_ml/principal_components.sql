{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro principal_components(model) -%}
    {{ return(adapter.dispatch('principal_components', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__principal_components(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('principal_components', 'ML.PRINCIPAL_COMPONENTS', call) }}
{%- endmacro %}
