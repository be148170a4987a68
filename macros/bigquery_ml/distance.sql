{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro distance(vector1, vector2, type=none) -%}
    {{ return(adapter.dispatch('distance', 'goldloop')(vector1, vector2, type)) }}
{%- endmacro %}

{% macro default__distance(vector1, vector2, type=none) -%}
    {%- set arguments = [
        vector1,
        vector2,
        goldloop._ml_literal(type),
    ] -%}
    {{ goldloop._ml_value('distance', 'ML.DISTANCE', arguments, false) }}
{%- endmacro %}
