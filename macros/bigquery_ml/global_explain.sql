{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro global_explain(model, class_level_explain=none) -%}
    {{ return(adapter.dispatch('global_explain', 'goldloop')(model, class_level_explain)) }}
{%- endmacro %}

{% macro default__global_explain(model, class_level_explain=none) -%}
    {%- set call = {
        'model': model,
        'sources': [],
        'arguments': [],
        'parameters': {
            'class_level_explain': goldloop._ml_literal(class_level_explain),
        },
        'are_named': false,
        'arrangement': ['model', 'sources', 'arguments', 'parameters'],
    } -%}
    {{ goldloop._ml_query('global_explain', 'ML.GLOBAL_EXPLAIN', call) }}
{%- endmacro %}
