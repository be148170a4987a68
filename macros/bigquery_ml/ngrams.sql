{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro ngrams(array_input, range, separator=none) -%}
    {{ return(adapter.dispatch('ngrams', 'goldloop')(array_input, range, separator)) }}
{%- endmacro %}

{% macro default__ngrams(array_input, range, separator=none) -%}
    {%- set arguments = [
        array_input,
        goldloop._ml_literal(range),
        goldloop._ml_literal(separator),
    ] -%}
    {{ goldloop._ml_value('ngrams', 'ML.NGRAMS', arguments, false) }}
{%- endmacro %}
