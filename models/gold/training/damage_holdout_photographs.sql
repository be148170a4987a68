{#- The fixed holdout: devices that appear nowhere else, labelled by a panel. -#}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

),

labels as (

    select * from {{ ref('holdout_labels') }}

),

final as (

    select
        photographs.photo_id,
        photographs.sha256,
        photographs.device_kind,
        features.embedding::float[512] as embedding,
        labels.damage_type,
        labels.severity::double as severity
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
