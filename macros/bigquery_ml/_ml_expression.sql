{#- An argument that is SQL already; nothing for none. -#}
{%- macro _ml_expression(value) -%}
    {{ return('' if value is none else value | string) }}
{%- endmacro -%}
