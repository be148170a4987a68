{#- The fixtures are written in the dialect of the model under test, so all is translated. -#}
{% macro duckdb__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
    {{ return(goldloop._as_duckdb(dbt.default__get_unit_test_sql(
        main_sql, expected_fixture_sql, expected_column_names
    ))) }}
{%- endmacro %}
