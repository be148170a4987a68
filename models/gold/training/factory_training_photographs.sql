{#-
    What the factory's detector learns from: the damage images that the repair
    service labelled, and the factory's own that an inspector did. No unit of the
    factory's holdout has an inspector's label, and a test says so.
-#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

labels as (

    select * from {{ ref('damage_labels') }}

),

customers as (

    select * from {{ ref('damage_training_photographs') }}

),

inspections as (

    select * from {{ ref('factory_inspections') }}

),

of_factory as (

    select
        photographs.photo_id,
        'factory' as domain,
        photographs.unit_id as device_id,
        inspections.batch_id,
        photographs.sha256,
        photographs.device_kind,
        photographs.embedding,
        labels.damage_type,
        labels.label_source,
        labels.labelled_at
    from photographs
    inner join labels
        on photographs.unit_id = labels.unit_id
    inner join inspections
        on photographs.unit_id = inspections.unit_id
    where labels.domain = 'factory'

),

of_customers as (

    select
        photo_id,
        'customer' as domain,
        request_id as device_id,
        null::varchar as batch_id,
        sha256,
        device_kind,
        embedding,
        damage_type,
        label_source,
        labelled_at
    from customers

),

final as (

    select * from of_customers
    union all
    select * from of_factory

)

select * from final
