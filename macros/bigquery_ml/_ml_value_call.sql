{#- FUNCTION(argument, …) [OVER()]; arguments are positional, so none may be left out before one. -#}
{%- macro _ml_value_call(macro_name, function, arguments, is_analytic) -%}
    {%- set given = [] -%}
    {%- for argument in arguments if argument | trim -%}
        {%- do given.append(argument) -%}
    {%- endfor -%}
    {%- if given != arguments[:given | length] -%}
        {{ exceptions.raise_compiler_error(
            "goldloop." ~ macro_name ~ ": its arguments are positional; give those before "
            ~ given[-1] ~ " too."
        ) }}
    {%- endif -%}
    {{ return(function ~ '(' ~ given | join(', ') ~ ')' ~ (' over()' if is_analytic else '')) }}
{%- endmacro -%}
