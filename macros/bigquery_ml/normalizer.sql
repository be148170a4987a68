{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro normalizer(array_expression, p=none) -%}
    {{ return(adapter.dispatch('normalizer', 'goldloop')(array_expression, p)) }}
{%- endmacro %}

{% macro default__normalizer(array_expression, p=none) -%}
    {%- set arguments = [
        array_expression,
        goldloop._ml_literal(p),
    ] -%}
    {{ goldloop._ml_value('normalizer', 'ML.NORMALIZER', arguments, false) }}
{%- endmacro %}
