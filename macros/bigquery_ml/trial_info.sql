{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro trial_info(model) -%}
    {{ return(adapter.dispatch('trial_info', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__trial_info(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('trial_info', 'ML.TRIAL_INFO', call) }}
{%- endmacro %}
