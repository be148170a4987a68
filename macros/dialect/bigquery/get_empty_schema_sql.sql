{#- The columns of a contract. -#}
{% macro goldloop__get_empty_schema_sql(columns) -%}
    {{ return(goldloop._duckdb_mark() ~ dbt.default__get_empty_schema_sql(
        goldloop._columns_in_duckdb(columns)
    )) }}
{%- endmacro %}
