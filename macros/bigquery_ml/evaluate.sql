{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro evaluate(model, source=none, threshold=none, trial_id=none, perform_aggregation=none, horizon=none, confidence_level=none) -%}
    {{ return(adapter.dispatch('evaluate', 'goldloop')(model, source, threshold, trial_id, perform_aggregation, horizon, confidence_level)) }}
{%- endmacro %}

{% macro default__evaluate(model, source=none, threshold=none, trial_id=none, perform_aggregation=none, horizon=none, confidence_level=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'threshold': goldloop._ml_literal(threshold),
            'trial_id': goldloop._ml_literal(trial_id),
            'perform_aggregation': goldloop._ml_literal(perform_aggregation),
            'horizon': goldloop._ml_literal(horizon),
            'confidence_level': goldloop._ml_literal(confidence_level),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('evaluate', 'ML.EVALUATE', call) }}
{%- endmacro %}
