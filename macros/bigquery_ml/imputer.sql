{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro imputer(expression, strategy) -%}
    {{ return(adapter.dispatch('imputer', 'goldloop')(expression, strategy)) }}
{%- endmacro %}

{% macro default__imputer(expression, strategy) -%}
    {%- set arguments = [
        expression,
        goldloop._ml_literal(strategy),
    ] -%}
    {{ goldloop._ml_value('imputer', 'ML.IMPUTER', arguments, true) }}
{%- endmacro %}
