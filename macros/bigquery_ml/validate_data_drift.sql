{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro validate_data_drift(base, study, model=none, num_histogram_buckets=none, num_quantiles_histogram_buckets=none, num_values_histogram_buckets=none, num_rank_histogram_buckets=none, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none) -%}
    {{ return(adapter.dispatch('validate_data_drift', 'goldloop')(base, study, model, num_histogram_buckets, num_quantiles_histogram_buckets, num_values_histogram_buckets, num_rank_histogram_buckets, categorical_default_threshold, categorical_metric_type, numerical_default_threshold, numerical_metric_type, thresholds)) }}
{%- endmacro %}

{% macro default__validate_data_drift(base, study, model=none, num_histogram_buckets=none, num_quantiles_histogram_buckets=none, num_values_histogram_buckets=none, num_rank_histogram_buckets=none, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none) -%}
    {%- set call = {
        'model': model,
        'sources': [base, study],
        'arguments': [],
        'parameters': {
            'num_histogram_buckets': goldloop._ml_literal(num_histogram_buckets),
            'num_quantiles_histogram_buckets': goldloop._ml_literal(num_quantiles_histogram_buckets),
            'num_values_histogram_buckets': goldloop._ml_literal(num_values_histogram_buckets),
            'num_rank_histogram_buckets': goldloop._ml_literal(num_rank_histogram_buckets),
            'categorical_default_threshold': goldloop._ml_literal(categorical_default_threshold),
            'categorical_metric_type': goldloop._ml_literal(categorical_metric_type),
            'numerical_default_threshold': goldloop._ml_literal(numerical_default_threshold),
            'numerical_metric_type': goldloop._ml_literal(numerical_metric_type),
            'thresholds': goldloop._ml_literal(thresholds),
        },
        'are_named': false,
        'arrangement': ['sources', 'parameters', 'model'],
    } -%}
    {{ goldloop._ml_query('validate_data_drift', 'ML.VALIDATE_DATA_DRIFT', call) }}
{%- endmacro %}
