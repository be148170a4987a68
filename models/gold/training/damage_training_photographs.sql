{#-
    What the damage models learn from: photographs whose damage a technician has
    confirmed by now. Photographs of the fixed holdout are never among them, nor
    is what a model predicted.
-#}

with

photographs as (

    select * from {{ ref('gold_photographs') }}

),

features as (

    select * from {{ ref('photograph_features') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

final as (

    select
        photographs.photo_id,
        photographs.request_id,
        photographs.sha256,
        photographs.device_kind,
        features.embedding::float[512] as embedding,
        labels.damage_type,
        labels.severity::double as severity,
        labels.label_source,
        labels.labelled_at
    from photographs
    inner join labels
        on photographs.request_id = labels.request_id
    inner join features
        on photographs.photo_id = features.photo_id
        and photographs.sha256 = features.sha256
    where photographs.source = 'customer'
        and labels.label_source in ('observed', 'human_confirmed')
        and features.embedding is not null

)

select * from final
