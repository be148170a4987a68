with

inspections as (

    select * from {{ ref('factory_inspections') }}

),

final as (

    select
        unit_id,
        inspector_label as damage_type,
        'human_confirmed' as label_source,
        inspected_at as labelled_at
    from inspections
    where inspector_label is not null

)

select * from final
