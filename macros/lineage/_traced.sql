{#-
    What a node declares under `config.meta.goldloop.trace` (or `meta`), checked: a mapping of key
    (a list), shows, and from; none if it declares nothing.
-#}
{%- macro _traced(node) -%}
    {%- set found = namespace(value=none) -%}
    {%- for meta in [(node.get('config') or {}).get('meta'), node.get('meta')] if meta -%}
        {%- set declared = (meta.get('goldloop') or {}).get('trace') -%}
        {%- if declared -%}
            {%- set found.value = declared -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found.value is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set declared = found.value -%}
    {%- set where = '`' ~ node.name ~ '` (' ~ node.original_file_path ~ ')' -%}
    {%- if declared is not mapping or not declared.get('key') -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.trace: " ~ where ~ " declares no key. Name the column of a row, or several, as in "
            ~ "`trace: {key: photo_id}`."
        ) }}
    {%- endif -%}
    {%- do goldloop._refuse_unknown(where ~ ' has', declared, ['key', 'shows', 'from']) -%}
    {%- do goldloop._refuse_unknown(
        where ~ ' shows', declared.get('shows') or {}, ['model', 'version', 'file', 'line']
    ) -%}
    {%- for link in declared.get('from') or [] -%}
        {%- if link is mapping -%}
            {%- do goldloop._refuse_unknown(
                'a link of ' ~ where ~ ' has', link, ['to', 'columns', 'where']
            ) -%}
        {%- endif -%}
        {%- if link is not mapping or not link.get('to') or link.get('columns') is not mapping
            or not link.get('columns') -%}
            {{ exceptions.raise_compiler_error(
                "goldloop.trace: a link of " ~ where ~ " is not complete. Give the model it leads to and "
                ~ "the columns that are equal, as in `{to: sales, columns: {sale_id: sale_id}}`."
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {%- set key = declared.key -%}
    {{ return({
        'key': [key] if key is string else key,
        'shows': declared.get('shows') or {},
        'from': declared.get('from') or []
    }) }}
{%- endmacro -%}
