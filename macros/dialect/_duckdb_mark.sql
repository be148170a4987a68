{#- The comment of SQL that is DuckDB's already, among SQL that is not. -#}
{%- macro _duckdb_mark() -%}
    {{ return("/* DuckDB's SQL, by goldloop */") }}
{%- endmacro -%}
