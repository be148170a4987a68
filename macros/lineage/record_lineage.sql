{% macro record_lineage() -%}
    {{ return(adapter.dispatch('record_lineage', 'goldloop')()) }}
{%- endmacro %}

{% macro default__record_lineage() -%}
    {{ return('') }}
{%- endmacro %}

{% macro duckdb__record_lineage() -%}
    {%- if execute -%}
        {%- set rows = [] -%}
        {%- set nodes = goldloop._traced_nodes() -%}
        {%- for name, each in nodes.items() -%}
            {%- set node = each.node -%}
            {%- set begin = [
                node.schema, node.alias, tojson(each.declared.key), tojson(each.declared.shows)
            ] -%}
            {%- if not each.declared['from'] -%}
                {%- do rows.append(begin + [1, none, none, none, none]) -%}
            {%- endif -%}
            {%- for link in each.declared['from'] -%}
                {%- set target = nodes[link.to].node -%}
                {%- do rows.append(begin + [
                    loop.index, target.schema, target.alias, tojson(link.columns), link.get('where')
                ]) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- set version = local_md5(tojson(rows)) -%}
        {%- set recorded = run_query(
            "select comment from duckdb_tables() where database_name = current_database() "
            ~ "and schema_name = 'goldloop' and table_name = 'lineage'"
        ).columns[0].values() -%}
        {%- if version not in recorded -%}
            {%- do goldloop._write_lineage(rows, version) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return('') }}
{%- endmacro %}
