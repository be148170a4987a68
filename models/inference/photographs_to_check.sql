{#-
    Photographs of new requests: those of the last weeks, and older ones that no
    technician has seen yet. `is_labelled` tells those whose damage was already
    known, so that the model may have trained on them.
-#}
{{ config(materialized='view') }}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

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
        features.embedding,
        labels.request_id is not null as is_labelled,
        photographs.taken_at,
        {{ goldloop.as_of() }} as as_of
    from photographs
    inner join requests
        on photographs.request_id = requests.request_id
    inner join features
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    left join labels
        on photographs.request_id = labels.request_id
    where
        features.embedding is not null
        and (
            labels.request_id is null
            or requests.day > {{ goldloop.as_of() }} - {{ var('new_request_days') }}
        )

)

select * from final
