{#- How dbt asks for a query's columns: contracts, snapshots and unit tests. -#}
{% macro duckdb__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
    {{ return(dbt.duckdb__get_empty_subquery_sql(
        goldloop._as_duckdb(select_sql), select_sql_header
    )) }}
{%- endmacro %}
