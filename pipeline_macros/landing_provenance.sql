{#
    Where a record comes from: its file (relative to the landing zone), its
    number there, the file's landing day, and when this warehouse read it.
    For a select that joins the feed's source.
#}
{% macro landing_provenance() -%}
        _file_name,
        _row_number,
        _landed_on,
        timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            as _loaded_at
{%- endmacro %}
