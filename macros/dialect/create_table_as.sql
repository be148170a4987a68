{#- Tables, incremental models, snapshots and stored test failures are written by this. -#}
{% macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- set code = goldloop._as_duckdb(compiled_code) if language == 'sql' else compiled_code -%}
    {{ return(dbt.duckdb__create_table_as(
        temporary, relation, code, language, partitioned_by=partitioned_by, sorted_by=sorted_by
    )) }}
{%- endmacro %}
