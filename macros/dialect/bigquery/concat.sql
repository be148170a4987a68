{% macro goldloop__concat(fields) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__concat(fields)) }}
    {%- endif -%}
    concat({{ fields | join(', ') }})
{%- endmacro %}
