{#- The factory's holdout: units of batches of their own, labelled by a panel. -#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

labels as (

    select * from {{ ref('factory_holdout_labels') }}

),

inspections as (

    select * from {{ ref('factory_inspections') }}

),

final as (

    select
        photographs.photo_id,
        labels.unit_id,
        inspections.batch_id,
        photographs.sha256,
        photographs.device_kind,
        photographs.embedding,
        labels.damage_type,
        labels.severity
    from photographs
    inner join labels
        on photographs.unit_id = labels.unit_id
    inner join inspections
        on labels.unit_id = inspections.unit_id

)

select * from final
