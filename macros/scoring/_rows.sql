{#- A relation or a query in parentheses, as a parenthesised query. -#}
{%- macro _rows(macro_name, source) -%}
    {%- if source is string and source.strip().startswith('(') and source.strip().endswith(')') -%}
        {{ source.strip() }}
    {%- elif source is string -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `source` must be a relation or a query in parentheses, got "
            ~ source | tojson ~ ". Write ref('…') or '(select …)'."
        ) }}
    {%- else -%}
        {%- do goldloop._require_relation(macro_name, 'source', source) -%}
        (select * from {{ source }})
    {%- endif -%}
{%- endmacro -%}
