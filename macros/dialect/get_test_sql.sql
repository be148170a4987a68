{% macro duckdb__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) -%}
    {{ return(dbt.default__get_test_sql(
        goldloop._as_duckdb(main_sql), fail_calc, warn_if, error_if, limit
    )) }}
{%- endmacro %}
