{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro validate_data_skew(model, source, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none, enable_visualization_link=none) -%}
    {{ return(adapter.dispatch('validate_data_skew', 'goldloop')(model, source, categorical_default_threshold, categorical_metric_type, numerical_default_threshold, numerical_metric_type, thresholds, enable_visualization_link)) }}
{%- endmacro %}

{% macro default__validate_data_skew(model, source, categorical_default_threshold=none, categorical_metric_type=none, numerical_default_threshold=none, numerical_metric_type=none, thresholds=none, enable_visualization_link=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'categorical_default_threshold': goldloop._ml_literal(categorical_default_threshold),
            'categorical_metric_type': goldloop._ml_literal(categorical_metric_type),
            'numerical_default_threshold': goldloop._ml_literal(numerical_default_threshold),
            'numerical_metric_type': goldloop._ml_literal(numerical_metric_type),
            'thresholds': goldloop._ml_literal(thresholds),
            'enable_visualization_link': goldloop._ml_literal(enable_visualization_link),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('validate_data_skew', 'ML.VALIDATE_DATA_SKEW', call) }}
{%- endmacro %}
