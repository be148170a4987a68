{#- The relations that a node refs or reads as a source, as quoted names. -#}
{% macro _upstream_relations(node) %}
    {%- set relations = [] -%}
    {%- for unique_id in node.depends_on.nodes -%}
        {%- set upstream = graph.nodes.get(unique_id) or graph.sources.get(unique_id) -%}
        {%- if upstream.resource_type != 'model' or upstream.config.materialized != 'ephemeral' -%}
            {%- do relations.append(api.Relation.create(
                database=upstream.database,
                schema=upstream.schema,
                identifier=upstream.get('alias') or upstream.get('identifier'),
            ) | string) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(relations) }}
{% endmacro %}
