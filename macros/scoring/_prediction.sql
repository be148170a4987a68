{#- The model's function called on the row `alias`: a struct, to be unnested outside. -#}
{%- macro _prediction(macro_name, model, alias, threshold=none) -%}
    {%- do goldloop._require_relation(macro_name, 'model', model) -%}
    {%- if threshold is none -%}
        {{ model }}({{ alias }})
    {%- elif threshold is number and 0 <= threshold <= 1 -%}
        {{ model }}({{ alias }}, {{ threshold }}::double)
    {%- else -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `threshold` must be a number from 0 to 1, got "
            ~ threshold | tojson ~ "."
        ) }}
    {%- endif -%}
{%- endmacro -%}
