{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro detect_anomalies(model, source=none, anomaly_prob_threshold=none, contamination=none) -%}
    {{ return(adapter.dispatch('detect_anomalies', 'goldloop')(model, source, anomaly_prob_threshold, contamination)) }}
{%- endmacro %}

{% macro default__detect_anomalies(model, source=none, anomaly_prob_threshold=none, contamination=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'anomaly_prob_threshold': goldloop._ml_literal(anomaly_prob_threshold),
            'contamination': goldloop._ml_literal(contamination),
        },
        'are_named': false,
        'arrangement': ['model', 'parameters', 'sources'],
    } -%}
    {{ goldloop._ml_query('detect_anomalies', 'ML.DETECT_ANOMALIES', call) }}
{%- endmacro %}
