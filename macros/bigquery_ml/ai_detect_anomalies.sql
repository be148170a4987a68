{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro ai_detect_anomalies(history, target=none, data_col=none, timestamp_col=none, target_last_n_points=none, target_start_timestamp=none, id_cols=none, anomaly_prob_threshold=none, context_window=none) -%}
    {{ return(adapter.dispatch('ai_detect_anomalies', 'goldloop')(history, target, data_col, timestamp_col, target_last_n_points, target_start_timestamp, id_cols, anomaly_prob_threshold, context_window)) }}
{%- endmacro %}

{% macro default__ai_detect_anomalies(history, target=none, data_col=none, timestamp_col=none, target_last_n_points=none, target_start_timestamp=none, id_cols=none, anomaly_prob_threshold=none, context_window=none) -%}
    {%- set call = {
        'model': none,
        'sources': [history, target],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'target_last_n_points': goldloop._ml_literal(target_last_n_points),
            'target_start_timestamp': goldloop._ml_expression(target_start_timestamp),
            'id_cols': goldloop._ml_literal(id_cols),
            'anomaly_prob_threshold': goldloop._ml_literal(anomaly_prob_threshold),
            'context_window': goldloop._ml_literal(context_window),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('ai_detect_anomalies', 'AI.DETECT_ANOMALIES', call) }}
{%- endmacro %}
