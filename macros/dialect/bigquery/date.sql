{% macro goldloop__date(year, month, day) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__date(year, month, day)) }}
    {%- endif -%}
    date({{ year }}, {{ month }}, {{ day }})
{%- endmacro %}
