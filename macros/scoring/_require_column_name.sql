{#- Refuse anything but the name of one column. -#}
{%- macro _require_column_name(macro_name, argument, value) -%}
    {%- if not (value and value is string) -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `" ~ argument ~ "` must be the name of one column, got "
            ~ value | tojson ~ "."
        ) }}
    {%- endif -%}
{%- endmacro -%}
