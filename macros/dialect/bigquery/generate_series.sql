{% macro goldloop__generate_series(upper_bound) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.duckdb__generate_series(upper_bound)) }}
    {%- endif -%}
    select generated_number from unnest(generate_array(1, {{ upper_bound }})) as generated_number
{%- endmacro %}
