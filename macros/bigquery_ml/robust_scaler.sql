{#- Written by `python -m goldloop.functions.macros`. -#}
{% macro robust_scaler(numerical_expression, quantile_range=none, with_median=none, with_quantile_range=none) -%}
    {{ return(adapter.dispatch('robust_scaler', 'goldloop')(numerical_expression, quantile_range, with_median, with_quantile_range)) }}
{%- endmacro %}

{% macro default__robust_scaler(numerical_expression, quantile_range=none, with_median=none, with_quantile_range=none) -%}
    {%- set arguments = [
        numerical_expression,
        goldloop._ml_literal(quantile_range),
        goldloop._ml_literal(with_median),
        goldloop._ml_literal(with_quantile_range),
    ] -%}
    {{ goldloop._ml_value('robust_scaler', 'ML.ROBUST_SCALER', arguments, true) }}
{%- endmacro %}
