{#- Photographs with the numbers that the network made of them. -#}
{{ config(materialized='view') }}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

),

final as (

    select
        photographs.photo_id,
        photographs.source,
        photographs.request_id,
        photographs.unit_id,
        photographs.device_kind,
        photographs.sha256,
        features.embedding::float[512] as embedding,
        photographs.taken_at
    from photographs
    inner join features
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    where features.embedding is not null

)

select * from final
