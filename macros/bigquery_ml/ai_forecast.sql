{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro ai_forecast(source, data_col=none, timestamp_col=none, id_cols=none, horizon=none, forecast_end_timestamp=none, confidence_level=none, output_historical_time_series=none, context_window=none) -%}
    {{ return(adapter.dispatch('ai_forecast', 'goldloop')(source, data_col, timestamp_col, id_cols, horizon, forecast_end_timestamp, confidence_level, output_historical_time_series, context_window)) }}
{%- endmacro %}

{% macro default__ai_forecast(source, data_col=none, timestamp_col=none, id_cols=none, horizon=none, forecast_end_timestamp=none, confidence_level=none, output_historical_time_series=none, context_window=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'id_cols': goldloop._ml_literal(id_cols),
            'horizon': goldloop._ml_literal(horizon),
            'forecast_end_timestamp': goldloop._ml_expression(forecast_end_timestamp),
            'confidence_level': goldloop._ml_literal(confidence_level),
            'output_historical_time_series': goldloop._ml_literal(output_historical_time_series),
            'context_window': goldloop._ml_literal(context_window),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('ai_forecast', 'AI.FORECAST', call) }}
{%- endmacro %}
