{%- macro _raise_unsupported(macro_name, fix='Run it on DuckDB, or override it with a `dispatch:` entry for the namespace `goldloop` and a macro of your own for this adapter.') -%}
    {{ exceptions.raise_compiler_error(
        "goldloop." ~ macro_name ~ " has no SQL for the adapter `" ~ adapter.type() ~ "`. " ~ fix
    ) }}
{%- endmacro -%}
