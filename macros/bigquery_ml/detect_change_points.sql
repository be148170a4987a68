{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro detect_change_points(source, data_col=none, timestamp_col=none, id_cols=none) -%}
    {{ return(adapter.dispatch('detect_change_points', 'goldloop')(source, data_col, timestamp_col, id_cols)) }}
{%- endmacro %}

{% macro default__detect_change_points(source, data_col=none, timestamp_col=none, id_cols=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'data_col': goldloop._ml_literal(data_col),
            'timestamp_col': goldloop._ml_literal(timestamp_col),
            'id_cols': goldloop._ml_literal(id_cols),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('detect_change_points', 'ML.DETECT_CHANGE_POINTS', call) }}
{%- endmacro %}
