{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro ai_key_drivers(source, metric_col=none, dimension_cols=none, interest_label_col=none, min_apriori_support=none, top_k=none, enable_pruning=none) -%}
    {{ return(adapter.dispatch('ai_key_drivers', 'goldloop')(source, metric_col, dimension_cols, interest_label_col, min_apriori_support, top_k, enable_pruning)) }}
{%- endmacro %}

{% macro default__ai_key_drivers(source, metric_col=none, dimension_cols=none, interest_label_col=none, min_apriori_support=none, top_k=none, enable_pruning=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'metric_col': goldloop._ml_literal(metric_col),
            'dimension_cols': goldloop._ml_literal(dimension_cols),
            'interest_label_col': goldloop._ml_literal(interest_label_col),
            'min_apriori_support': goldloop._ml_literal(min_apriori_support),
            'top_k': goldloop._ml_literal(top_k),
            'enable_pruning': goldloop._ml_literal(enable_pruning),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('ai_key_drivers', 'AI.KEY_DRIVERS', call) }}
{%- endmacro %}
