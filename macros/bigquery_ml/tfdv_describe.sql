{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro tfdv_describe(source, num_histogram_buckets=none, num_quantiles_histogram_buckets=none, num_values_histogram_buckets=none, num_rank_histogram_buckets=none) -%}
    {{ return(adapter.dispatch('tfdv_describe', 'goldloop')(source, num_histogram_buckets, num_quantiles_histogram_buckets, num_values_histogram_buckets, num_rank_histogram_buckets)) }}
{%- endmacro %}

{% macro default__tfdv_describe(source, num_histogram_buckets=none, num_quantiles_histogram_buckets=none, num_values_histogram_buckets=none, num_rank_histogram_buckets=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'num_histogram_buckets': goldloop._ml_literal(num_histogram_buckets),
            'num_quantiles_histogram_buckets': goldloop._ml_literal(num_quantiles_histogram_buckets),
            'num_values_histogram_buckets': goldloop._ml_literal(num_values_histogram_buckets),
            'num_rank_histogram_buckets': goldloop._ml_literal(num_rank_histogram_buckets),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('tfdv_describe', 'ML.TFDV_DESCRIBE', call) }}
{%- endmacro %}
