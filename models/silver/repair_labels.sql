with

outcomes as (

    select * from {{ ref('repair_outcomes') }}

),

final as (

    select
        request_id,
        damage_type,
        severity,
        repair_cost,
        technician_id as labelled_by,
        'human_confirmed' as label_source,
        updated_at as labelled_at
    from outcomes
    where damage_type is not null

)

select * from final
