{#- The nodes of the graph that declare their rows' origins, by name, each with its declaration. -#}
{%- macro _traced_nodes() -%}
    {%- set found = {} -%}
    {%- for node in graph.nodes.values() if node.resource_type in ['model', 'seed', 'snapshot'] -%}
        {%- set declared = goldloop._traced(node) -%}
        {%- if declared is not none -%}
            {%- do found.update({node.name: {'node': node, 'declared': declared}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, each in found.items() -%}
        {%- for link in each.declared['from'] if link.to not in found -%}
            {{ exceptions.raise_compiler_error(
                "goldloop.trace: `" ~ name ~ "` (" ~ each.node.original_file_path ~ ") comes from `"
                ~ link.to ~ "`, which is no model that declares a key. Declare one there, as in "
                ~ "`config: {meta: {goldloop: {trace: {key: …}}}}`."
            ) }}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro -%}
