{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro explain_predict(model, source, top_k_features=none, threshold=none, approx_feature_contrib=none) -%}
    {{ return(adapter.dispatch('explain_predict', 'goldloop')(model, source, top_k_features, threshold, approx_feature_contrib)) }}
{%- endmacro %}

{% macro default__explain_predict(model, source, top_k_features=none, threshold=none, approx_feature_contrib=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'top_k_features': goldloop._ml_literal(top_k_features),
            'threshold': goldloop._ml_literal(threshold),
            'approx_feature_contrib': goldloop._ml_literal(approx_feature_contrib),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('explain_predict', 'ML.EXPLAIN_PREDICT', call) }}
{%- endmacro %}
