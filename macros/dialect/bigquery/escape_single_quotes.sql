{% macro goldloop__escape_single_quotes(expression) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__escape_single_quotes(expression)) }}
    {%- endif -%}
    {{ return(expression | replace("\\", "\\\\") | replace("'", "\\'")) }}
{%- endmacro %}
