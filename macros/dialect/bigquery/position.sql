{% macro goldloop__position(substring_text, string_text) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__position(substring_text, string_text)) }}
    {%- endif -%}
    strpos({{ string_text }}, {{ substring_text }})
{%- endmacro %}
