-- Stops the build before silver when a feed has gone bad.

with

records as (

    select
        feed,
        sum(n_records) as n_records
    from {{ ref('bronze_files') }}
    group by feed

),

quarantined as (

    select
        feed,
        count(distinct row(file_name, row_number)) as n_quarantined
    from {{ ref('bronze_quarantine') }}
    group by feed

),

limits as (

    {% for feed in feeds() %}
    select
        '{{ feed }}' as feed,
        {{ var('quarantine_limits').get(feed, var('quarantine_limit')) }}
            as quarantine_limit
    {%- if not loop.last %}
    union all
    {%- endif %}
    {% endfor %}

)

select
    feed,
    n_records,
    n_quarantined,
    quarantine_limit
from quarantined
inner join records using (feed)
inner join limits using (feed)
where
    n_quarantined > {{ var('quarantine_tolerated_records') }}
    and n_quarantined > quarantine_limit * n_records
