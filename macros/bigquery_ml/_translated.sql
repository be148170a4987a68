{#- `text`, SQL of `dialect` with BigQuery ML's functions, as DuckDB's SQL. -#}
{%- macro _translated(where, text, dialect) -%}
    {%- set quoted = "'" ~ text | replace("'", "''") ~ "'" -%}
    {%- set said = fromjson(
        run_query('select goldloop_translate(' ~ quoted ~ ", '" ~ dialect ~ "')").rows[0][0]
    ) -%}
    {%- if said.kind == 'ModelNotFoundError' and flags.WHICH in ['compile', 'generate', 'list'] -%}
        {#- Nothing runs: the model may be built later. -#}
        {{ return('select 1 as known_at_run_time') }}
    {%- elif said.error is defined -%}
        {{ exceptions.raise_compiler_error(where ~ ': ' ~ said.error) }}
    {%- endif -%}
    {{ return(said.sql) }}
{%- endmacro -%}
