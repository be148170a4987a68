{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro seasonality(source, data_col=none, timestamp_col=none, id_cols=none, seasonalities=none, horizon=none) -%}
    {{ return(adapter.dispatch('seasonality', 'goldloop')(source, data_col, timestamp_col, id_cols, seasonalities, horizon)) }}
{%- endmacro %}

{% macro default__seasonality(source, data_col=none, timestamp_col=none, id_cols=none, seasonalities=none, horizon=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'id_cols': goldloop._ml_literal(id_cols),
            'seasonalities': goldloop._ml_literal(seasonalities),
            'horizon': goldloop._ml_literal(horizon),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('seasonality', 'ML.SEASONALITY', call) }}
{%- endmacro %}
