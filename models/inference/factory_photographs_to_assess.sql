{#-
    The factory's photographs. `is_labelled` tells those that the model may have
    trained on, `is_holdout` those that it is measured on.
-#}
{{ config(materialized='view') }}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

inspections as (

    select * from {{ ref('factory_inspections') }}

),

labels as (

    select * from {{ ref('factory_labels') }}

),

holdout as (

    select * from {{ ref('factory_holdout_labels') }}

),

final as (

    select
        photographs.photo_id,
        photographs.unit_id,
        photographs.device_kind,
        inspections.batch_id,
        inspections.product_id,
        inspections.station,
        photographs.embedding,
        labels.unit_id is not null as is_labelled,
        holdout.unit_id is not null as is_holdout,
        inspections.inspected_at,
        {{ goldloop.as_of() }} as as_of
    from photographs
    inner join inspections
        on photographs.unit_id = inspections.unit_id
    left join labels
        on photographs.unit_id = labels.unit_id
    left join holdout
        on photographs.unit_id = holdout.unit_id

)

select * from final
