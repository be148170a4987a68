{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro standard_scaler(numerical_expression) -%}
    {{ return(adapter.dispatch('standard_scaler', 'goldloop')(numerical_expression)) }}
{%- endmacro %}

{% macro default__standard_scaler(numerical_expression) -%}
    {%- set arguments = [
        numerical_expression,
    ] -%}
    {{ goldloop._ml_value('standard_scaler', 'ML.STANDARD_SCALER', arguments, true) }}
{%- endmacro %}
