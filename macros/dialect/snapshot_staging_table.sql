{#- A snapshot's query; what dbt writes around it is DuckDB's SQL. -#}
{% macro duckdb__snapshot_staging_table(strategy, source_sql, target_relation) -%}
    {{ return(dbt.default__snapshot_staging_table(
        strategy, goldloop._as_duckdb(source_sql), target_relation
    )) }}
{%- endmacro %}
