{#- A function's call is written in BigQuery's SQL, for the node's whole to be translated. -#}
{% macro goldloop___ml_query(macro_name, function, call) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(goldloop.duckdb___ml_query(macro_name, function, call)) }}
    {%- endif -%}
    {{ return(goldloop.bigquery___ml_query(macro_name, function, call)) }}
{%- endmacro %}

{% macro goldloop___ml_text(value) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(goldloop.default___ml_text(value)) }}
    {%- endif -%}
    {{ return(goldloop.bigquery___ml_text(value)) }}
{%- endmacro %}

{% macro goldloop___ml_value(macro_name, function, arguments, is_analytic) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(goldloop.duckdb___ml_value(macro_name, function, arguments, is_analytic)) }}
    {%- endif -%}
    {{ return(goldloop.bigquery___ml_value(macro_name, function, arguments, is_analytic)) }}
{%- endmacro %}
