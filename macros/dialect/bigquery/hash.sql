{#- Hexadecimal, as on every adapter; BigQuery's md5 itself returns bytes. -#}
{% macro goldloop__hash(field) -%}
    {%- if goldloop._sql_dialect() == 'duckdb' -%}
        {{ return(dbt.default__hash(field)) }}
    {%- endif -%}
    to_hex(md5(cast({{ field }} as string)))
{%- endmacro %}
