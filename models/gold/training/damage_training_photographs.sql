{#-
    What the damage models learn from: photographs whose damage a technician has
    confirmed by now, unless an agent saw no device on them, or several. Photographs of the fixed holdout are never among them, nor
    is one that looks the same as any of those (a copy with a little noise has a
    similarity of .995 and more), nor is what a model predicted.
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

checks as (

    select * from {{ ref('photo_checks') }}

),

holdout as (

    select * from {{ ref('damage_holdout_photographs') }}

),

labelled as (

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
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    left join checks
        on photographs.photo_id = checks.photo_id
    where
        photographs.source = 'customer'
        and labels.label_source in ('observed', 'human_confirmed')
        and features.embedding is not null
        and coalesce(checks.in_view, 'one_device') = 'one_device'

),

similarities as (

    select
        labelled.photo_id,
        round(
            max(array_cosine_similarity(labelled.embedding, holdout.embedding)),
            4
        )::double as holdout_similarity
    from labelled
    cross join holdout
    group by labelled.photo_id

),

final as (

    select
        labelled.*,
        similarities.holdout_similarity
    from labelled
    inner join similarities
        on labelled.photo_id = similarities.photo_id
    where similarities.holdout_similarity <= {{ var('near_duplicate_similarity') }}

)

select * from final
