{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro arima_coefficients(model) -%}
    {{ return(adapter.dispatch('arima_coefficients', 'goldloop')(model)) }}
{%- endmacro %}

{% macro default__arima_coefficients(model) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('arima_coefficients', 'ML.ARIMA_COEFFICIENTS', call) }}
{%- endmacro %}
