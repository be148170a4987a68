{#- FROM of the rows that were traced of a relation, in whole as `here`: of each, `traced` has the key. -#}
{%- macro _traced_again(traced, each) -%}
    {%- set on = [] -%}
    {%- for column in each.declared.key -%}
        {%- do on.append(
            'traced.' ~ adapter.quote(column) ~ ' is not distinct from here.' ~ adapter.quote(column)
        ) -%}
    {%- endfor -%}
    {{ return(
        'from ' ~ traced ~ ' as traced inner join ' ~ goldloop._traced_relation(each)
        ~ ' as here on ' ~ on | join(' and ')
    ) }}
{%- endmacro -%}
