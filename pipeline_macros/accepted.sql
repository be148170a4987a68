{#
    Selects the records of a feed that a build may use: landed and happened by
    the as-of date, and not quarantined.

    Args:
        feed: the feed's name.
#}
{% macro accepted(feed) %}
    {%- set event_at = feeds()[feed]["event_at"] %}
    select bronze.*
    from {{ ref("bronze_" ~ feed) }} as bronze
    left join (
        select distinct
            file_name,
            row_number
        from {{ ref("bronze_quarantine") }}
        where feed = '{{ feed }}'
    ) as quarantine
        on bronze._file_name = quarantine.file_name
        and bronze._row_number = quarantine.row_number
    where quarantine.file_name is null
        and bronze._landed_on <= {{ goldloop.as_of() }}
        {%- if event_at %}
        and bronze.{{ event_at }}::date <= {{ goldloop.as_of() }}
        {%- endif %}
{% endmacro %}
