{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro trend(source, data_col=none, timestamp_col=none, id_cols=none, horizon=none, smoothing_window_size=none, adjust_step_changes=none) -%}
    {{ return(adapter.dispatch('trend', 'goldloop')(source, data_col, timestamp_col, id_cols, horizon, smoothing_window_size, adjust_step_changes)) }}
{%- endmacro %}

{% macro default__trend(source, data_col=none, timestamp_col=none, id_cols=none, horizon=none, smoothing_window_size=none, adjust_step_changes=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'id_cols': goldloop._ml_literal(id_cols),
            'horizon': goldloop._ml_literal(horizon),
            'smoothing_window_size': goldloop._ml_literal(smoothing_window_size),
            'adjust_step_changes': goldloop._ml_literal(adjust_step_changes),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('trend', 'ML.TREND', call) }}
{%- endmacro %}
