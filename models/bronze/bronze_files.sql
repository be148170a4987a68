{#- Photographs are counted by folder: each is a file of its own. -#}

with

{% for feed, rules in feeds().items() -%}
{{ feed }} as (

    select
        '{{ feed }}' as feed,
        {% if feed == 'photographs' -%}
        regexp_replace(files._file_name, '/[^/]+$', '') as file_name,
        {%- else -%}
        files._file_name as file_name,
        {%- endif %}
        files._landed_on as landed_on,
        {{ 'is_daily' in rules }} as is_daily,
        bronze.* exclude (_file_name)
    from {{ source('landing', feed) }} as files
    left join (
        select
            _file_name,
            _loaded_at,
            {{ rules['event_at'] or 'null' }}::timestamp as event_at
        from {{ ref('bronze_' ~ feed) }}
    ) as bronze
        on files._file_name = bronze._file_name

),

{% endfor -%}

landed as (

    {% for feed in feeds() %}
    select * from {{ feed }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

files as (

    select
        feed,
        file_name,
        landed_on,
        is_daily,
        count(_loaded_at) as n_records,
        min(event_at) as first_event_at,
        max(event_at) as last_event_at,
        min(_loaded_at) as loaded_at
    from landed
    group by all

),

final as (

    select
        * exclude (is_daily, landed_so_far),
        coalesce(
            is_daily
            and last_event_at::date
            < landed_on - {{ var('late_after_days') }},
            false
        ) as is_late,
        coalesce(
            landed_on > greatest(landed_so_far, {{ goldloop.as_of() }}),
            false
        ) as is_future_dated
    from files
    cross join (
        select max(landed_so_far) as landed_so_far
        from {{ source('landing', 'as_of') }}
    )

)

select * from final
