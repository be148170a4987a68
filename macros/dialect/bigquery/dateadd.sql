{% macro goldloop__dateadd(datepart, interval, from_date_or_timestamp) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__dateadd(datepart, interval, from_date_or_timestamp)) }}
    {%- endif -%}
    datetime_add(
        cast({{ from_date_or_timestamp }} as datetime), interval {{ interval }} {{ datepart }}
    )
{%- endmacro %}
