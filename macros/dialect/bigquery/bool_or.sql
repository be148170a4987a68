{% macro goldloop__bool_or(expression) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__bool_or(expression)) }}
    {%- endif -%}
    logical_or({{ expression }})
{%- endmacro %}
