{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro forecast(model, source=none, horizon=none, confidence_level=none) -%}
    {{ return(adapter.dispatch('forecast', 'goldloop')(model, source, horizon, confidence_level)) }}
{%- endmacro %}

{% macro default__forecast(model, source=none, horizon=none, confidence_level=none) -%}
    {%- set call = {
        'model': model,
        'sources': [source],
        'arguments': [],
        'parameters': {
            'horizon': goldloop._ml_literal(horizon),
            'confidence_level': goldloop._ml_literal(confidence_level),
        },
        'are_named': false,
        'arrangement': ['model', 'parameters', 'sources'],
    } -%}
    {{ goldloop._ml_query('forecast', 'ML.FORECAST', call) }}
{%- endmacro %}
