{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro roc_curve(model, source=none, thresholds=none, trial_id=none) -%}
    {{ return(adapter.dispatch('roc_curve', 'goldloop')(model, source, thresholds, trial_id)) }}
{%- endmacro %}

{% macro default__roc_curve(model, source=none, thresholds=none, trial_id=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [thresholds],
        'parameters': {
            'trial_id': goldloop._ml_literal(trial_id),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('roc_curve', 'ML.ROC_CURVE', call) }}
{%- endmacro %}
