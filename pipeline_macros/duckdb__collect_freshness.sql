{#
    How dbt measures freshness. Of the landing zone: a feed's age is counted
    from the as-of date, not from the clock of the machine, and files dated
    later are not there yet. Of other sources: as dbt does.
#}
{% macro duckdb__collect_freshness(source, loaded_at_field, filter) %}
    {%- if source.schema != "landing" -%}
        {{ return(dbt.default__collect_freshness(
            source, loaded_at_field, filter
        )) }}
    {%- endif -%}
    {%- call statement(
        "collect_freshness", fetch_result=True, auto_begin=False
    ) -%}
    select
        max({{ loaded_at_field }})::timestamp as max_loaded_at,
        {{ goldloop.as_of() }}::timestamp as snapshotted_at
    from {{ source }}
    where {{ loaded_at_field }} <= {{ goldloop.as_of() }}
        {%- if filter %}
        and {{ filter }}
        {%- endif %}
    {%- endcall -%}
    {{ return(load_result("collect_freshness")) }}
{% endmacro %}
