{% test metric_between(model, column_name, min_value=none, max_value=none) -%}
    {{ return(adapter.dispatch('test_metric_between', 'goldloop')(model, column_name, min_value, max_value)) }}
{%- endtest %}

{% macro default__test_metric_between(model, column_name, min_value=none, max_value=none) -%}
    {%- if min_value is none and max_value is none -%}
        {{ exceptions.raise_compiler_error(
            "metric_between needs min_value, max_value or both: without, it would pass for any " ~ column_name
        ) }}
    {%- endif -%}
    {#- A measurement that was not made is no reason to pass. -#}
    select {{ column_name }} as measured
    from {{ model }}
    where
        {{ column_name }} is null
        {%- if min_value is not none %}
        or {{ column_name }} < {{ min_value }}
        {%- endif %}
        {%- if max_value is not none %}
        or {{ column_name }} > {{ max_value }}
        {%- endif %}
    union all
    select null as measured
    from (select count(*) as n_rows from {{ model }}) as counted
    where n_rows = 0
{%- endmacro %}
