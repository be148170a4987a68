{#
    Selects the records of a feed's new files as they are, with the path of the
    file they are in and their number in it.

    Args:
        source: the feed's source.
        columns: the feed's columns, name to type.
        format: csv (then every value is text) or parquet.
#}
{% macro new_records(source, columns, format="csv") %}
{%- set readers = {
    "csv": "read_csv({}, all_varchar = true, header = true, delim = ',', "
        ~ "quote = '\"', escape = '\"', filename = true, union_by_name = true)",
    "parquet": "read_parquet({}, filename = true, union_by_name = true)",
} -%}
{%- if format not in readers -%}
    {%- do exceptions.raise_compiler_error(
        "new_records: format '" ~ format ~ "' is not one of "
        ~ readers | join(", ")
    ) -%}
{%- endif -%}
{%- set files = new_files(source) -%}
{%- if files == "[]::varchar[]" -%}
    {#- The readers refuse to read no file at all. -#}
    select
        {%- for name in columns %}
        null::varchar as {{ name }},
        {%- endfor %}
        null::varchar as _file_path,
        null::bigint as _row_number
    where false
{%- else -%}
    select
        {%- for name in columns %}
        {{ name }},
        {%- endfor %}
        filename as _file_path,
        _position - min(_position) over (partition by filename) + 1
            as _row_number
    from (
        select
            *,
            row_number() over () as _position
        from {{ readers[format].format(files) }}
    )
{%- endif -%}
{% endmacro %}
