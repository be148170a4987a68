{#
    Selects the records of a feed's new JSON lines: the line, the record (null
    where it is no JSON), its columns as text, the path of the file and the
    line's number in it. Blank lines are no records.

    Args:
        source: the feed's source.
        columns: the columns to read, name to type.
#}
{% macro new_json_lines(source, columns) %}
    select
        _file_path,
        _row_number,
        line,
        try_cast(line as json) as record
        {%- for name in columns %},
        record ->> '{{ name }}' as {{ name }}
        {%- endfor %}
    from (
        select
            _file_path,
            generate_subscripts(lines, 1) as _row_number,
            unnest(lines) as line
        from (
            select
                filename as _file_path,
                string_split(content, chr(10)) as lines
            from read_text({{ new_files(source) }})
        )
    )
    where trim(line) != ''
{% endmacro %}
