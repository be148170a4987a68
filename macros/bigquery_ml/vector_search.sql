{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro vector_search(base, query=none, column_to_search=none, query_column_to_search=none, query_value=none, top_k=none, distance_type=none, options=none) -%}
    {{ return(adapter.dispatch('vector_search', 'goldloop')(base, query, column_to_search, query_column_to_search, query_value, top_k, distance_type, options)) }}
{%- endmacro %}

{% macro default__vector_search(base, query=none, column_to_search=none, query_column_to_search=none, query_value=none, top_k=none, distance_type=none, options=none) -%}
    {%- set call = {
        'model': none,
        'sources': [base, query],
        'arguments': [column_to_search],
        'parameters': {
            'query_column_to_search': goldloop._ml_literal(query_column_to_search),
            'query_value': goldloop._ml_expression(query_value),
            'top_k': goldloop._ml_literal(top_k),
            'distance_type': goldloop._ml_literal(distance_type),
            'options': goldloop._ml_expression(options),
        },
        'are_named': true,
        'arrangement': ['sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('vector_search', 'VECTOR_SEARCH', call) }}
{%- endmacro %}
