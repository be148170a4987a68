{#- Where a traced node is in the warehouse. -#}
{%- macro _traced_relation(each) -%}
    {{ return(api.Relation.create(
        database=each.node.database, schema=each.node.schema, identifier=each.node.alias
    )) }}
{%- endmacro -%}
