with

{% for feed in feeds() if feed != 'photographs' -%}
{{ feed }} as (

    {{ quarantined(
        feed,
        "'unparsable_value'",
        "unnest(map_keys(bronze._unparsable))"
    ) }}
    where bronze._unparsable is not null

),

{% endfor -%}

malformed as (

    {{ quarantined('repair_chats', "'malformed_json'", "'line'") }}
    where bronze.is_malformed

),

final as (

    {% for feed in feeds() if feed != 'photographs' %}
    select * from {{ feed }}
    union all
    {%- endfor %}
    select * from malformed

)

select * from final
