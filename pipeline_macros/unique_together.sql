{#
    No two rows agree in all of the columns, and none lacks one of them.

    Args:
        columns: names.
#}
{% test unique_together(model, columns) %}
    select
        {{ columns | join(", ") }},
        count(*) as n_rows
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1
        {%- for column in columns %}
        or {{ column }} is null
        {%- endfor %}
{% endtest %}
