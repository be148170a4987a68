{% macro goldloop__any_value(expression) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__any_value(expression)) }}
    {%- endif -%}
    any_value({{ expression }})
{%- endmacro %}
