{#- What `dbt show` runs. -#}
{% macro duckdb__get_limit_sql(sql, limit) -%}
    {{ return(dbt.default__get_limit_sql(goldloop._as_duckdb(sql), limit)) }}
{%- endmacro %}
