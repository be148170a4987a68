{#- The rows traced of one relation, with the model, version, file and line that it shows. -#}
{%- macro _traced_rows(traced, each) -%}
    {%- set shown = [] -%}
    {%- for role, type in [
        ('model', 'varchar'), ('version', 'bigint'), ('file', 'varchar'), ('line', 'bigint')
    ] -%}
        {%- set column = each.declared.shows.get(role) -%}
        {%- do shown.append(
            ('here.' ~ adapter.quote(column) if column else 'null') ~ '::' ~ type ~ ' as ' ~ role
        ) -%}
    {%- endfor -%}
    {{ return(
        "select distinct traced.start_key, '" ~ each.node.schema ~ '.' ~ each.node.alias
        ~ "' as relation, " ~ goldloop._traced_key('traced', each) ~ ' as key, ' ~ shown | join(', ')
        ~ ' ' ~ goldloop._traced_again(traced, each)
    ) }}
{%- endmacro -%}
