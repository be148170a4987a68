{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro max_abs_scaler(numerical_expression) -%}
    {{ return(adapter.dispatch('max_abs_scaler', 'goldloop')(numerical_expression)) }}
{%- endmacro %}

{% macro default__max_abs_scaler(numerical_expression) -%}
    {%- set arguments = [
        numerical_expression,
    ] -%}
    {{ goldloop._ml_value('max_abs_scaler', 'ML.MAX_ABS_SCALER', arguments, true) }}
{%- endmacro %}
