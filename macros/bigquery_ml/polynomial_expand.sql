{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro polynomial_expand(columns, degree=none) -%}
    {{ return(adapter.dispatch('polynomial_expand', 'goldloop')(columns, degree)) }}
{%- endmacro %}

{% macro default__polynomial_expand(columns, degree=none) -%}
    {%- set arguments = [
        'struct(' ~ columns | join(', ') ~ ')',
        goldloop._ml_literal(degree),
    ] -%}
    {{ goldloop._ml_value('polynomial_expand', 'ML.POLYNOMIAL_EXPAND', arguments, false) }}
{%- endmacro %}
