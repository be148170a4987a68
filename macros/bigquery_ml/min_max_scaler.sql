{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro min_max_scaler(numerical_expression) -%}
    {{ return(adapter.dispatch('min_max_scaler', 'goldloop')(numerical_expression)) }}
{%- endmacro %}

{% macro default__min_max_scaler(numerical_expression) -%}
    {%- set arguments = [
        numerical_expression,
    ] -%}
    {{ goldloop._ml_value('min_max_scaler', 'ML.MIN_MAX_SCALER', arguments, true) }}
{%- endmacro %}
