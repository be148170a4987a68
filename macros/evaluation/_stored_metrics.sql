{#- What was measured when the champion was trained, a column a metric. -#}
{%- macro _stored_metrics(model, metrics) -%}
    select
    {%- for metric in metrics %}
        (metrics ->> '{{ metric }}')::double as {{ metric }}{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ model }}
    where status = 'champion'
{%- endmacro -%}
