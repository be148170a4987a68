{#- Text that did not parse is there; `unparsable_values` has it. -#}

with

{% for feed, rules in feeds().items() if feed != 'photographs' -%}
{% set names = rules['required']
    + ([rules['event_at']] if rules['event_at'] else []) -%}
{{ feed }} as (

    {% for name in names %}
    {{ quarantined(feed, "'missing_value'", "'" ~ name ~ "'") }}
    where
        bronze.{{ name }} is null
        and coalesce(bronze._unparsable['{{ name }}'], '') = ''
        {{ 'and not bronze.is_malformed' if feed == 'repair_chats' }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {% endfor %}

),

{% endfor -%}

final as (

    {% for feed in feeds() if feed != 'photographs' %}
    select * from {{ feed }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select * from final
