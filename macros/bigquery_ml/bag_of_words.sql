{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro bag_of_words(tokenized_document, top_k=none, frequency_threshold=none) -%}
    {{ return(adapter.dispatch('bag_of_words', 'goldloop')(tokenized_document, top_k, frequency_threshold)) }}
{%- endmacro %}

{% macro default__bag_of_words(tokenized_document, top_k=none, frequency_threshold=none) -%}
    {%- set arguments = [
        tokenized_document,
        goldloop._ml_literal(top_k),
        goldloop._ml_literal(frequency_threshold),
    ] -%}
    {{ goldloop._ml_value('bag_of_words', 'ML.BAG_OF_WORDS', arguments, true) }}
{%- endmacro %}
