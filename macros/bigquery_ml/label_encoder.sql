{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro label_encoder(string_expression, top_k=none, frequency_threshold=none) -%}
    {{ return(adapter.dispatch('label_encoder', 'goldloop')(string_expression, top_k, frequency_threshold)) }}
{%- endmacro %}

{% macro default__label_encoder(string_expression, top_k=none, frequency_threshold=none) -%}
    {%- set arguments = [
        string_expression,
        goldloop._ml_literal(top_k),
        goldloop._ml_literal(frequency_threshold),
    ] -%}
    {{ goldloop._ml_value('label_encoder', 'ML.LABEL_ENCODER', arguments, true) }}
{%- endmacro %}
