{#-
    What device_in_view learns from: customers' photographs that an agent has
    looked at by now. Like the damage models', its training set has none of the
    holdout's photographs, and none that looks the same.
-#}

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

holdout as (

    select * from {{ ref('in_view_holdout_photographs') }}

),

labelled as (

    select
        photographs.photo_id,
        photographs.request_id,
        photographs.sha256,
        photographs.device_kind,
        features.embedding::float[512] as embedding,
        labels.in_view,
        labels.label_source,
        labels.labelled_at
    from photographs
    inner join labels
        on photographs.photo_id = labels.photo_id
    inner join features
        on
            photographs.photo_id = features.photo_id
            and photographs.sha256 = features.sha256
    where
        photographs.source = 'customer'
        and labels.label_source in ('observed', 'human_confirmed')
        and features.embedding is not null

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
