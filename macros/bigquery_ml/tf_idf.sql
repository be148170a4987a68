{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro tf_idf(tokenized_document, top_k=none, frequency_threshold=none) -%}
    {{ return(adapter.dispatch('tf_idf', 'goldloop')(tokenized_document, top_k, frequency_threshold)) }}
{%- endmacro %}

{% macro default__tf_idf(tokenized_document, top_k=none, frequency_threshold=none) -%}
    {%- set arguments = [
        tokenized_document,
        goldloop._ml_literal(top_k),
        goldloop._ml_literal(frequency_threshold),
    ] -%}
    {{ goldloop._ml_value('tf_idf', 'ML.TF_IDF', arguments, true) }}
{%- endmacro %}
