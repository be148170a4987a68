{% test metric_at_least(model, metric, min_value) -%}
    {{ return(adapter.dispatch('test_metric_at_least', 'goldloop')(model, metric, min_value)) }}
{%- endtest %}

{% macro default__test_metric_at_least(model, metric, min_value) -%}
    {{ goldloop._raise_unsupported('metric_at_least') }}
{%- endmacro %}

{% macro duckdb__test_metric_at_least(model, metric, min_value) -%}
    {#- Aggregated, so that a model without a champion or without the metric fails too. -#}
    select
        max(version) as version,
        '{{ metric }}' as metric,
        max((metrics ->> '{{ metric }}')::double) as found,
        {{ min_value }} as min_value
    from {{ model }}
    where status = 'champion'
    having found is null or found < {{ min_value }}
{%- endmacro %}
