{#- The model, where BigQuery's SQL is run: in a profile of type goldloop. -#}
{%- macro _relation(macro_name, relation) -%}
    {%- if adapter.type() != 'goldloop' -%}
        {{ exceptions.raise_compiler_error(
            "dbt_ml." ~ macro_name ~ " writes BigQuery's SQL, which runs in a profile of type"
            ~ " goldloop, but this one's type is " ~ adapter.type() ~ ". Write `type: goldloop` in"
            ~ " profiles.yml."
        ) }}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro -%}
