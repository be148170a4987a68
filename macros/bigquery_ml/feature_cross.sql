{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro feature_cross(columns, degree=none) -%}
    {{ return(adapter.dispatch('feature_cross', 'goldloop')(columns, degree)) }}
{%- endmacro %}

{% macro default__feature_cross(columns, degree=none) -%}
    {%- set arguments = [
        'struct(' ~ columns | join(', ') ~ ')',
        goldloop._ml_literal(degree),
    ] -%}
    {{ goldloop._ml_value('feature_cross', 'ML.FEATURE_CROSS', arguments, false) }}
{%- endmacro %}
