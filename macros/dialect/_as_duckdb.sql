{#- A node's SQL as DuckDB runs it; what holds such SQL already is left as it is. -#}
{%- macro _as_duckdb(sql) -%}
    {%- set mark = goldloop._duckdb_mark() -%}
    {%- if mark in sql -%}
        {{ return(sql) }}
    {%- endif -%}
    {%- set dialect = goldloop._sql_dialect() -%}
    {%- if dialect == 'duckdb' and adapter.type() == 'goldloop' -%}
        {#- What adapter.quote wrote. -#}
        {%- set sql = adapter.in_double_quotes(sql) -%}
    {%- endif -%}
    {#- DuckDB's own SQL has something to translate only if it calls a function of ours. -#}
    {%- set calls = modules.re.search('(?i)\\b(ml|ai)\\s*\\.\\s*\\w+\\s*\\(|\\bvector_search\\b', sql) -%}
    {%- if dialect == 'duckdb' and not calls -%}
        {{ return(sql) }}
    {%- endif -%}
    {%- set where = (model.original_file_path or model.name) if model is mapping else 'SQL' -%}
    {{ return(mark ~ '\n' ~ goldloop._translated(where, sql, dialect)) }}
{%- endmacro -%}
