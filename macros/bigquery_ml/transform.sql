{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro transform(model, source) -%}
    {{ return(adapter.dispatch('transform', 'goldloop')(model, source)) }}
{%- endmacro %}

{% macro default__transform(model, source) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('transform', 'ML.TRANSFORM', call) }}
{%- endmacro %}
