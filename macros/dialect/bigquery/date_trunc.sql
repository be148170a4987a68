{% macro goldloop__date_trunc(datepart, date) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__date_trunc(datepart, date)) }}
    {%- endif -%}
    timestamp_trunc(cast({{ date }} as timestamp), {{ datepart }})
{%- endmacro %}
