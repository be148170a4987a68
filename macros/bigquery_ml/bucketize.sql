{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro bucketize(numerical_expression, array_split_points, exclude_boundaries=none, output_format=none) -%}
    {{ return(adapter.dispatch('bucketize', 'goldloop')(numerical_expression, array_split_points, exclude_boundaries, output_format)) }}
{%- endmacro %}

{% macro default__bucketize(numerical_expression, array_split_points, exclude_boundaries=none, output_format=none) -%}
    {%- set arguments = [
        numerical_expression,
        goldloop._ml_literal(array_split_points),
        goldloop._ml_literal(exclude_boundaries),
        goldloop._ml_literal(output_format),
    ] -%}
    {{ goldloop._ml_value('bucketize', 'ML.BUCKETIZE', arguments, false) }}
{%- endmacro %}
