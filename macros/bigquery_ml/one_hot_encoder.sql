{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro one_hot_encoder(string_expression, drop=none, top_k=none, frequency_threshold=none) -%}
    {{ return(adapter.dispatch('one_hot_encoder', 'goldloop')(string_expression, drop, top_k, frequency_threshold)) }}
{%- endmacro %}

{% macro default__one_hot_encoder(string_expression, drop=none, top_k=none, frequency_threshold=none) -%}
    {%- set arguments = [
        string_expression,
        goldloop._ml_literal(drop),
        goldloop._ml_literal(top_k),
        goldloop._ml_literal(frequency_threshold),
    ] -%}
    {{ goldloop._ml_value('one_hot_encoder', 'ML.ONE_HOT_ENCODER', arguments, true) }}
{%- endmacro %}
