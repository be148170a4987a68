{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro feature_importance(model, trial_id=none) -%}
    {{ return(adapter.dispatch('feature_importance', 'goldloop')(model, trial_id)) }}
{%- endmacro %}

{% macro default__feature_importance(model, trial_id=none) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
            'trial_id': goldloop._ml_literal(trial_id),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('feature_importance', 'ML.FEATURE_IMPORTANCE', call) }}
{%- endmacro %}
