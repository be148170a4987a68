{% macro goldloop__safe_cast(field, type) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__safe_cast(field, type)) }}
    {%- endif -%}
    safe_cast({{ field }} as {{ type }})
{%- endmacro %}
