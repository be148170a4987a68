{#- The names of types. -#}
{% macro goldloop__type_string() -%}
    {{ return('varchar' if goldloop._sql_dialect() == 'duckdb' else 'string') }}
{%- endmacro %}

{% macro goldloop__type_float() -%}
    {{ return('double' if goldloop._sql_dialect() == 'duckdb' else 'float64') }}
{%- endmacro %}

{% macro goldloop__type_numeric() -%}
    {{ return('decimal(28, 6)' if goldloop._sql_dialect() == 'duckdb' else 'numeric') }}
{%- endmacro %}

{% macro goldloop__type_bigint() -%}
    {{ return('bigint' if goldloop._sql_dialect() == 'duckdb' else 'int64') }}
{%- endmacro %}

{% macro goldloop__type_int() -%}
    {{ return('integer' if goldloop._sql_dialect() == 'duckdb' else 'int64') }}
{%- endmacro %}

{% macro goldloop__type_boolean() -%}
    {{ return('boolean' if goldloop._sql_dialect() == 'duckdb' else 'bool') }}
{%- endmacro %}

{% macro goldloop__type_timestamp() -%}
    {{ return('timestamp') }}
{%- endmacro %}
