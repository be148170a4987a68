{#
    DDL of a table macro beside a relation: the same SELECT, over relations that
    the caller names. A live conversation calls it with its own messages, so
    that no rule is written twice.

    Args:
        relation: the relation it lies beside.
        name: the macro's name.
        parameters: names of relations, as the caller gives them.
        query: the SELECT; it reads `query_table(parameter)`.
#}
{% macro callable_table(relation, name, parameters, query) -%}
    create or replace macro {{ relation.database }}.{{ relation.schema }}.{{ name }}(
        {{- parameters | join(", ") -}}
    ) as table
    {{ query }}
{%- endmacro %}
