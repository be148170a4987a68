{#-
    Of versions with the same time the one that landed last counts. A
    completion before the request is a wrong clock: its time is unknown.
-#}

with

records as (

    {{ accepted('repair_outcomes') }}

),

requests as (

    select * from {{ ref('repair_requests') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by request_id
        order by updated_at desc, _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        latest.request_id,
        latest.technician_id,
        latest.damage_type,
        latest.severity,
        latest.repair_cost,
        latest.is_repaired,
        if(
            latest.completed_at >= requests.requested_at,
            latest.completed_at,
            null
        ) as completed_at,
        latest.updated_at
    from latest
    inner join requests
        on latest.request_id = requests.request_id

)

select * from final
