{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro features_at_time(source, time=none, num_rows=none, ignore_feature_nulls=none) -%}
    {{ return(adapter.dispatch('features_at_time', 'goldloop')(source, time, num_rows, ignore_feature_nulls)) }}
{%- endmacro %}

{% macro default__features_at_time(source, time=none, num_rows=none, ignore_feature_nulls=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'time': goldloop._ml_expression(time),
            'num_rows': goldloop._ml_literal(num_rows),
            'ignore_feature_nulls': goldloop._ml_literal(ignore_feature_nulls),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('features_at_time', 'ML.FEATURES_AT_TIME', call) }}
{%- endmacro %}
