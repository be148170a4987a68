{#- The panel's photographs: of one device, of none and of several. -#}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

),

labels as (

    select * from {{ ref('photo_checks') }}

),

final as (

    select
        photographs.photo_id,
        photographs.sha256,
        photographs.device_kind,
        features.embedding::float[512] as embedding,
        labels.in_view
    from photographs
    inner join labels
        on photographs.photo_id = labels.photo_id
    inner join features
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    where
        photographs.source = 'holdout'
        and features.embedding is not null

)

select * from final
