{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro describe_data(source, num_quantiles=none, num_array_length_quantiles=none, top_k=none) -%}
    {{ return(adapter.dispatch('describe_data', 'goldloop')(source, num_quantiles, num_array_length_quantiles, top_k)) }}
{%- endmacro %}

{% macro default__describe_data(source, num_quantiles=none, num_array_length_quantiles=none, top_k=none) -%}
    {%- set call = {
        'model': none,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'num_quantiles': goldloop._ml_literal(num_quantiles),
            'num_array_length_quantiles': goldloop._ml_literal(num_array_length_quantiles),
            'top_k': goldloop._ml_literal(top_k),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('describe_data', 'ML.DESCRIBE_DATA', call) }}
{%- endmacro %}
