{% macro trace(relation) -%}
    {{ return(adapter.dispatch('trace', 'goldloop')(relation)) }}
{%- endmacro %}

{% macro default__trace(relation) -%}
    {{ goldloop._raise_unsupported('trace') }}
{%- endmacro %}

{% macro duckdb__trace(relation) -%}
    {%- do goldloop._require_relation('trace', 'relation', relation) -%}
    {%- if not execute -%}
        {{ return('select 1') }}
    {%- endif -%}
    {%- set nodes = goldloop._traced_nodes() -%}
    {%- set start = namespace(name=none) -%}
    {%- for name, each in nodes.items() -%}
        {%- if each.node.schema == relation.schema and each.node.alias == relation.identifier -%}
            {%- set start.name = name -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if start.name is none -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.trace: " ~ relation ~ " declares no lineage. Declare its key and its links under "
            ~ "config.meta.goldloop.trace; those that do: " ~ nodes | join(', ') ~ "."
        ) }}
    {%- endif -%}
    {#- Farther than any of those it comes from: so is every parent written before its children. -#}
    {%- set depths = {start.name: 0} -%}
    {%- for _ in nodes -%}
        {%- for name in nodes if name in depths -%}
            {%- for link in nodes[name].declared['from'] -%}
                {%- if depths.get(link.to, 0) <= depths[name] and depths[name] < nodes | length -%}
                    {%- do depths.update({link.to: depths[name] + 1}) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name, depth in depths.items() if depth >= nodes | length -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.trace: the links of `" ~ name ~ "` lead back to itself; a query cannot follow them. "
            ~ "Use `goldloop trace`, or take one of the links out."
        ) }}
    {%- endfor -%}
    {%- set ordered = [] -%}
    {%- for name, _ in depths | dictsort(by='value') -%}
        {%- do ordered.append(name) -%}
    {%- endfor -%}
    {%- set queries, steps = [], [] -%}
    {%- for name in ordered -%}
        {%- set origin = namespace(parts=[]) -%}
        {%- if name == start.name -%}
            {%- do origin.parts.append(goldloop._traced_start(nodes[name])) -%}
        {%- endif -%}
        {%- for parent in ordered -%}
            {%- for link in nodes[parent].declared['from'] if link.to == name -%}
                {%- do origin.parts.append(
                    goldloop._traced_link('traced_' ~ parent, nodes[parent], link, nodes[name])
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- do queries.append(
            'traced_' ~ name ~ ' as (\n    ' ~ origin.parts | join('\n    union\n    ') ~ '\n)'
        ) -%}
        {%- do steps.append(goldloop._traced_rows('traced_' ~ name, nodes[name])) -%}
    {%- endfor %}
with {{ queries | join(',\n') }}
{{ steps | join('\nunion all\n') }}
{%- endmacro %}
