{#- What dbt writes around a snapshot's query is DuckDB's SQL. -#}
{% macro goldloop__snapshot_get_time() -%}
    {{ return(goldloop._duckdb_mark() ~ ' ' ~ dbt.duckdb__snapshot_get_time() | trim) }}
{%- endmacro %}
