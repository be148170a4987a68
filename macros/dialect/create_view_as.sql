{% macro duckdb__create_view_as(relation, sql) -%}
    {{ return(dbt.duckdb__create_view_as(relation, goldloop._as_duckdb(sql))) }}
{%- endmacro %}
