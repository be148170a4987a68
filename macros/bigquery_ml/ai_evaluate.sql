{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro ai_evaluate(history, actual, data_col=none, timestamp_col=none, id_cols=none, horizon=none, context_window=none) -%}
    {{ return(adapter.dispatch('ai_evaluate', 'goldloop')(history, actual, data_col, timestamp_col, id_cols, horizon, context_window)) }}
{%- endmacro %}

{% macro default__ai_evaluate(history, actual, data_col=none, timestamp_col=none, id_cols=none, horizon=none, context_window=none) -%}
    {%- set call = {
        'model': none,
        'sources': [history, actual],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'id_cols': goldloop._ml_literal(id_cols),
            'horizon': goldloop._ml_literal(horizon),
            'context_window': goldloop._ml_literal(context_window),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('ai_evaluate', 'AI.EVALUATE', call) }}
{%- endmacro %}
