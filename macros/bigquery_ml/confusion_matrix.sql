{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro confusion_matrix(model, source=none, threshold=none, trial_id=none) -%}
    {{ return(adapter.dispatch('confusion_matrix', 'goldloop')(model, source, threshold, trial_id)) }}
{%- endmacro %}

{% macro default__confusion_matrix(model, source=none, threshold=none, trial_id=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'threshold': goldloop._ml_literal(threshold),
            'trial_id': goldloop._ml_literal(trial_id),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('confusion_matrix', 'ML.CONFUSION_MATRIX', call) }}
{%- endmacro %}
