{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro reconstruction_loss(model, source) -%}
    {{ return(adapter.dispatch('reconstruction_loss', 'goldloop')(model, source)) }}
{%- endmacro %}

{% macro default__reconstruction_loss(model, source) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('reconstruction_loss', 'ML.RECONSTRUCTION_LOSS', call) }}
{%- endmacro %}
