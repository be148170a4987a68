{#- The expression of a call of BigQuery ML's function: native there, translated here. -#}
{% macro _ml_value(macro_name, function, arguments, is_analytic) -%}
    {{ return(adapter.dispatch('_ml_value', 'goldloop')(macro_name, function, arguments, is_analytic)) }}
{%- endmacro %}

{% macro default___ml_value(macro_name, function, arguments, is_analytic) -%}
    {{ goldloop._raise_unsupported(macro_name) }}
{%- endmacro %}

{% macro bigquery___ml_value(macro_name, function, arguments, is_analytic) -%}
    {{ goldloop._ml_value_call(macro_name, function, arguments, is_analytic) }}
{%- endmacro %}

{% macro duckdb___ml_value(macro_name, function, arguments, is_analytic) -%}
    {%- if not execute -%}
        {{ return('null') }}
    {%- endif -%}
    {%- set called = goldloop._ml_value_call(macro_name, function, arguments, is_analytic) -%}
    {%- set ending = ' AS _goldloop_value' -%}
    {%- set translated = goldloop._translated(
        'goldloop.' ~ macro_name, 'select ' ~ called ~ ending, 'duckdb'
    ) -%}
    {{ return('(' ~ translated[('SELECT ' | length):-(ending | length)] ~ ')') }}
{%- endmacro %}
