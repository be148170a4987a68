{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro training_info(model) -%}
    {{ return(adapter.dispatch('training_info', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__training_info(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('training_info', 'ML.TRAINING_INFO', call) }}
{%- endmacro %}
