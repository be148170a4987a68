{#- A snapshot's query, the first time. -#}
{% macro duckdb__build_snapshot_table(strategy, sql) -%}
    {{ return(dbt.default__build_snapshot_table(strategy, goldloop._as_duckdb(sql))) }}
{%- endmacro %}
