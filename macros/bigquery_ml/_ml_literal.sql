{#- A constant of Jinja's as SQL writes it; nothing for none. -#}
{%- macro _ml_literal(value) -%}
    {%- if value is none -%}
        {{ return('') }}
    {%- elif value is boolean -%}
        {{ return('true' if value else 'false') }}
    {%- elif value is number -%}
        {{ return(value | string) }}
    {%- elif value is string -%}
        {{ return(goldloop._ml_text(value)) }}
    {%- elif value is mapping -%}
        {%- set fields = [] -%}
        {%- for name, field in value.items() -%}
            {%- do fields.append(goldloop._ml_literal(field) ~ ' as ' ~ name) -%}
        {%- endfor -%}
        {{ return('struct(' ~ fields | join(', ') ~ ')') }}
    {%- endif -%}
    {%- set items = [] -%}
    {%- for item in value -%}
        {%- do items.append(goldloop._ml_literal(item)) -%}
    {%- endfor -%}
    {{ return('[' ~ items | join(', ') ~ ']') }}
{%- endmacro -%}
