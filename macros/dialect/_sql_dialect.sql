{#- `bigquery` or `duckdb`: what the SQL of the node at hand is written in. -#}
{%- macro _sql_dialect() -%}
    {%- set speaks_bigquery = adapter.type() == 'goldloop' -%}
    {%- set node = model if model is defined and model is mapping else {} -%}
    {%- set settings = node.get('config') or {} -%}
    {%- set said = settings.get('sql_dialect')
        or (settings.get('meta') or {}).get('sql_dialect')
        or var('goldloop:sql_dialect', none) -%}
    {%- if said is none -%}
        {#- The generic tests of this package are DuckDB's SQL in any project. -#}
        {%- set is_ours = (node.get('test_metadata') or {}).get('namespace') == 'goldloop' -%}
        {{ return('bigquery' if speaks_bigquery and not is_ours else 'duckdb') }}
    {%- endif -%}
    {%- if said not in ('bigquery', 'duckdb') -%}
        {{ exceptions.raise_compiler_error(
            "sql_dialect is " ~ said | tojson ~ "; expected 'bigquery' or 'duckdb'."
        ) }}
    {%- elif said == 'bigquery' and not speaks_bigquery -%}
        {{ exceptions.raise_compiler_error(
            "sql_dialect is 'bigquery', which dbt's own macros write only in a profile of type"
            ~ " goldloop, but this one's type is " ~ adapter.type() ~ ". Write `type: goldloop`"
            ~ " in profiles.yml; its other keys stay."
        ) }}
    {%- endif -%}
    {{ return(said) }}
{%- endmacro -%}
