{#- The rows of `there` that those traced of `here` came from, by one link. -#}
{%- macro _traced_link(traced, here, link, there) -%}
    {%- set columns, conditions = [], [] -%}
    {%- for column in there.declared.key -%}
        {%- do columns.append('there.' ~ adapter.quote(column)) -%}
    {%- endfor -%}
    {%- for mine, theirs in link.columns.items() -%}
        {%- do conditions.append('here.' ~ adapter.quote(mine) ~ ' = there.' ~ adapter.quote(theirs)) -%}
    {%- endfor -%}
    {%- if link.get('where') -%}
        {%- do conditions.append('(' ~ link.where ~ ')') -%}
    {%- endif -%}
    {{ return(
        'select traced.start_key, ' ~ columns | join(', ') ~ ' ' ~ goldloop._traced_again(traced, here)
        ~ ' inner join ' ~ goldloop._traced_relation(there) ~ ' as there on ' ~ conditions | join(' and ')
    ) }}
{%- endmacro -%}
