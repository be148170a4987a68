{#- A row's key as `goldloop trace` writes it: column=value, … -#}
{%- macro _traced_key(alias, each) -%}
    {%- set parts = [] -%}
    {%- for column in each.declared.key -%}
        {%- do parts.append("'" ~ column ~ "=' || coalesce(" ~ alias ~ '.' ~ adapter.quote(column)
            ~ "::varchar, 'None')") -%}
    {%- endfor -%}
    {{ return(parts | join(" || ', ' || ")) }}
{%- endmacro -%}
