{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro correlation(source, target_col=none, target_correlation_cols=none, dimension_cols=none, method=none) -%}
    {{ return(adapter.dispatch('correlation', 'goldloop')(source, target_col, target_correlation_cols, dimension_cols, method)) }}
{%- endmacro %}

{% macro default__correlation(source, target_col=none, target_correlation_cols=none, dimension_cols=none, method=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'target_col': goldloop._ml_literal(target_col),
            'target_correlation_cols': goldloop._ml_literal(target_correlation_cols),
            'dimension_cols': goldloop._ml_literal(dimension_cols),
            'method': goldloop._ml_literal(method),
        },
        'are_named': true,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('correlation', 'ML.CORRELATION', call) }}
{%- endmacro %}
