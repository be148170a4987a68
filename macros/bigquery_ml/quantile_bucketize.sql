{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro quantile_bucketize(numerical_expression, num_buckets, output_format=none) -%}
    {{ return(adapter.dispatch('quantile_bucketize', 'goldloop')(numerical_expression, num_buckets, output_format)) }}
{%- endmacro %}

{% macro default__quantile_bucketize(numerical_expression, num_buckets, output_format=none) -%}
    {%- set arguments = [
        numerical_expression,
        goldloop._ml_literal(num_buckets),
        goldloop._ml_literal(output_format),
    ] -%}
    {{ goldloop._ml_value('quantile_bucketize', 'ML.QUANTILE_BUCKETIZE', arguments, true) }}
{%- endmacro %}
