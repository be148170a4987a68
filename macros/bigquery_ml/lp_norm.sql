{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro lp_norm(vector, degree) -%}
    {{ return(adapter.dispatch('lp_norm', 'goldloop')(vector, degree)) }}
{%- endmacro %}

{% macro default__lp_norm(vector, degree) -%}
    {%- set arguments = [
        vector,
        goldloop._ml_literal(degree),
    ] -%}
    {{ goldloop._ml_value('lp_norm', 'ML.LP_NORM', arguments, false) }}
{%- endmacro %}
