{#- Where a landed record comes from, and when the warehouse read it. -#}
{% macro landing_provenance() -%}
    parse_filename(_file_path) as _file_name,
        file_row_number + 1 as _row_number,
        timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            as _loaded_at
{%- endmacro %}
