{#- `text`, SQL of `dialect` with BigQuery ML's functions, as DuckDB's SQL. -#}
{%- macro _translated(where, text, dialect) -%}
    {%- set quoted = "'" ~ text | replace("'", "''") ~ "'" -%}
    {%- set said = fromjson(
        run_query('select goldloop_translate(' ~ quoted ~ ", '" ~ dialect ~ "')").rows[0][0]
    ) -%}
    {%- if said.error is defined -%}
        {{ exceptions.raise_compiler_error(where ~ ': ' ~ said.error) }}
    {%- endif -%}
    {{ return(said.sql) }}
{%- endmacro -%}
