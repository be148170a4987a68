{% macro goldloop__last_day(date, datepart) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__last_day(date, datepart)) }}
    {%- endif -%}
    last_day(cast({{ date }} as date), {{ datepart }})
{%- endmacro %}
