{#- The variable `as_of` as text, none when it is not set. -#}
{%- macro _as_of_var() -%}
    {%- set day = var('as_of', none) -%}
    {%- if day is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- if not modules.re.match('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', day | string) -%}
        {{ exceptions.raise_compiler_error(
            "goldloop.as_of: the variable `as_of` must be a day written YYYY-MM-DD, got "
            ~ day | string | tojson ~ ". Write --vars 'as_of: 2026-06-28'."
        ) }}
    {%- endif -%}
    {{ return(day | string) }}
{%- endmacro -%}
