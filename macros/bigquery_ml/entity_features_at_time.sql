{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro entity_features_at_time(features, entity_times, num_rows=none, ignore_feature_nulls=none) -%}
    {{ return(adapter.dispatch('entity_features_at_time', 'goldloop')(features, entity_times, num_rows, ignore_feature_nulls)) }}
{%- endmacro %}

{% macro default__entity_features_at_time(features, entity_times, num_rows=none, ignore_feature_nulls=none) -%}
    {%- set call = {
        'model': none,
        'sources': [features, entity_times],
        'arguments': [],
        'parameters': {
            'num_rows': goldloop._ml_literal(num_rows),
            'ignore_feature_nulls': goldloop._ml_literal(ignore_feature_nulls),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('entity_features_at_time', 'ML.ENTITY_FEATURES_AT_TIME', call) }}
{%- endmacro %}
