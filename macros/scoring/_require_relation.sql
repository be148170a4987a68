{#- Refuse anything but a relation: a plain name would escape dbt's lineage. -#}
{%- macro _require_relation(macro_name, argument, value) -%}
    {%- if value is none or value is string or value.identifier is not defined -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `" ~ argument ~ "` must be a relation, got "
            ~ value | tojson ~ ". Write ref('…') or source('…', '…')."
        ) }}
    {%- endif -%}
{%- endmacro -%}
