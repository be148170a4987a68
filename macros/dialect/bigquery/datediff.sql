{% macro goldloop__datediff(first_date, second_date, datepart) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__datediff(first_date, second_date, datepart)) }}
    {%- endif -%}
    datetime_diff(
        cast({{ second_date }} as datetime), cast({{ first_date }} as datetime), {{ datepart }}
    )
{%- endmacro %}
