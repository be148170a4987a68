{#
    Selects records of a feed as the quarantine has them; the caller adds which,
    by a `where` on `bronze`.

    Args:
        feed: the feed's name.
        reason: expression of why they are quarantined.
        column_name: expression of the column it is about.
#}
{% macro quarantined(feed, reason, column_name) %}
    select
        '{{ feed }}' as feed,
        bronze._file_name as file_name,
        bronze._row_number as row_number,
        {{ reason }} as reason,
        {{ column_name }} as column_name,
        json_merge_patch(
            to_json(bronze),
            coalesce(to_json(bronze._unparsable), '{}'),
            '{"_file_name": null, "_row_number": null, "_landed_on": null, '
            '"_loaded_at": null, "_unparsable": null}'
        ) as record,
        bronze._loaded_at as detected_at
    from {{ ref("bronze_" ~ feed) }} as bronze
{%- endmacro %}
