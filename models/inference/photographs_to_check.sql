{#-
    Photographs of new requests: those of the last weeks, and older ones that no
    technician has seen yet. `is_labelled` tells those whose damage was already
    known, so that the model may have trained on them.
-#}
{{ config(materialized='view') }}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

requests as (

    select * from {{ ref('gold_repair_features') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

final as (

    select
        photographs.photo_id,
        photographs.request_id,
        photographs.device_kind,
        photographs.embedding,
        labels.request_id is not null as is_labelled,
        photographs.taken_at,
        {{ goldloop.as_of() }} as as_of
    from photographs
    inner join requests
        on photographs.request_id = requests.request_id
    left join labels
        on photographs.request_id = labels.request_id
    where
        labels.request_id is null
        or requests.day > {{ goldloop.as_of() }} - {{ var('new_request_days') }}

)

select * from final
