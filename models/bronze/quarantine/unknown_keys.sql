with

{% for feed, rules in feeds().items() if rules['references'] -%}
{{ feed }} as (

    {% for name, other in rules['references'].items() %}
    {{ quarantined(feed, "'unknown_key'", "'" ~ name ~ "'") }}
    where
        bronze.{{ name }} is not null
        and bronze.{{ name }} not in (
            select {{ name }}
            from {{ ref('bronze_' ~ other) }}
            where {{ name }} is not null
        )
    {%- if not loop.last %}
    union all
    {%- endif %}
    {% endfor %}

),

{% endfor -%}

final as (

    {% for feed, rules in feeds().items() if rules['references'] %}
    select * from {{ feed }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select * from final
