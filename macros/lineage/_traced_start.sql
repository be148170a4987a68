{#- The rows a trace begins with: the key, as text, and its columns. -#}
{%- macro _traced_start(each) -%}
    {%- set columns = [] -%}
    {%- for column in each.declared.key -%}
        {%- do columns.append('here.' ~ adapter.quote(column)) -%}
    {%- endfor -%}
    {{ return(
        'select ' ~ goldloop._traced_key('here', each) ~ ' as start_key, ' ~ columns | join(', ')
        ~ ' from ' ~ goldloop._traced_relation(each) ~ ' as here'
    ) }}
{%- endmacro -%}
