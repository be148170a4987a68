{#-
    What device_in_view learns from: customers' photographs that an agent has
    looked at by now. Like the damage models', its training set has none of the
    holdout's photographs, and none that looks the same.
-#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

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
        photographs.embedding,
        labels.in_view,
        labels.label_source,
        labels.labelled_at
    from photographs
    inner join labels
        on photographs.photo_id = labels.photo_id
    where
        photographs.source = 'customer'
        and labels.label_source in ('observed', 'human_confirmed')

),

final as (

    {{ unlike_holdout('labelled', 'holdout') }}

)

select * from final
