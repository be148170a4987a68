{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro evaluate(model, source=none, threshold=none, trial_id=none) -%}
    {{ return(adapter.dispatch('evaluate', 'goldloop')(model, source, threshold, trial_id)) }}
{%- endmacro %}

{% macro default__evaluate(model, source=none, threshold=none, trial_id=none) -%}
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
    {{ goldloop._ml_query('evaluate', 'ML.EVALUATE', call) }}
{%- endmacro %}
