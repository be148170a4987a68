{#- The query of a call of BigQuery ML's function `function`: native there, translated here. -#}
{% macro _ml_query(macro_name, function, call) -%}
    {{ return(adapter.dispatch('_ml_query', 'goldloop')(macro_name, function, call)) }}
{%- endmacro %}

{% macro default___ml_query(macro_name, function, call) -%}
    {{ goldloop._raise_unsupported(macro_name) }}
{%- endmacro %}

{% macro bigquery___ml_query(macro_name, function, call) -%}
    select * from {{ goldloop._ml_call(macro_name, function, call) }}
{%- endmacro %}

{#- Translated when the node runs: its models are built by then. -#}
{% macro duckdb___ml_query(macro_name, function, call) -%}
    {%- set text = 'select * from ' ~ goldloop._ml_call(macro_name, function, call) -%}
    {%- if not execute -%}
        {{ return('select 1 as known_at_run_time') }}
    {%- endif -%}
    {{ return(goldloop._translated('goldloop.' ~ macro_name, text, 'duckdb')) }}
{%- endmacro %}
