{#
    Columns of records, each cast to its type, null where that fails; and
    `_unparsable`, the text of what did not parse, so that nothing is lost.

    Args:
        columns: name to type.
#}
{% macro typed(columns) %}
{%- for name, type in columns.items() -%}
        try_cast({{ name }} as {{ type }}) as {{ name }},
        {% endfor -%}
        nullif(
            map_from_entries(list_filter(
                [
                    {%- for name, type in columns.items()
                        if type != "varchar" %}
                    {
                        'key': '{{ name }}',
                        'value': case
                            when try_cast({{ name }} as {{ type }}) is null
                                then {{ name }}::varchar
                        end
                    }{{ "," if not loop.last }}
                    {%- endfor %}
                ]::struct(key varchar, value varchar)[],
                lambda entry: entry.value is not null
            )),
            map {}::map(varchar, varchar)
        ) as _unparsable
{%- endmacro %}
