{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro multi_hot_encoder(array_expression, top_k=none, frequency_threshold=none) -%}
    {{ return(adapter.dispatch('multi_hot_encoder', 'goldloop')(array_expression, top_k, frequency_threshold)) }}
{%- endmacro %}

{% macro default__multi_hot_encoder(array_expression, top_k=none, frequency_threshold=none) -%}
    {%- set arguments = [
        array_expression,
        goldloop._ml_literal(top_k),
        goldloop._ml_literal(frequency_threshold),
    ] -%}
    {{ goldloop._ml_value('multi_hot_encoder', 'ML.MULTI_HOT_ENCODER', arguments, true) }}
{%- endmacro %}
