{#- The factory's holdout: units of batches of their own, labelled by a panel. -#}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

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
        features.embedding,
        labels.damage_type,
        labels.severity
    from photographs
    inner join labels
        on photographs.unit_id = labels.unit_id
    inner join inspections
        on labels.unit_id = inspections.unit_id
    inner join features
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    where features.embedding is not null

)

select * from final
