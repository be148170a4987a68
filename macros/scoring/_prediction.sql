{#- The model's function called on the row `alias`: a struct, to be unnested outside. -#}
{%- macro _prediction(macro_name, model, alias, threshold=none, version=none) -%}
    {%- do goldloop._require_relation(macro_name, 'model', model) -%}
    {%- set function = model if version is none
        else goldloop._version_function(macro_name, model, version) -%}
    {%- if threshold is none -%}
        {{ function }}({{ alias }})
    {%- elif threshold is number and 0 <= threshold <= 1 -%}
        {{ function }}({{ alias }}, {{ threshold }}::double)
    {%- else -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": `threshold` must be a number from 0 to 1, got "
            ~ threshold | tojson ~ "."
        ) }}
    {%- endif -%}
{%- endmacro -%}
