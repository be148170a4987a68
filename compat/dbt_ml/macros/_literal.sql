{#- A text as DuckDB's SQL quotes it. -#}
{%- macro _literal(text) -%}
    {{ return("'" ~ text | replace("'", "''") ~ "'") }}
{%- endmacro -%}
