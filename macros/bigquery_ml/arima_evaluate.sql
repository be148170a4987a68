{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro arima_evaluate(model, show_all_candidate_models=none) -%}
    {{ return(adapter.dispatch('arima_evaluate', 'goldloop')(model, show_all_candidate_models)) }}
{%- endmacro %}

{% macro default__arima_evaluate(model, show_all_candidate_models=none) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
            'show_all_candidate_models': goldloop._ml_literal(show_all_candidate_models),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('arima_evaluate', 'ML.ARIMA_EVALUATE', call) }}
{%- endmacro %}
