{#-
    What the damage models learn from: photographs whose damage a technician has
    confirmed by now, unless an agent saw no device on them, or several.
    Photographs of the fixed holdout are never among them, nor is one that looks
    the same as any of those (a copy with a little noise has a similarity of .995
    and more), nor is what a model predicted.
-#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

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
        photographs.embedding,
        labels.damage_type,
        labels.severity::double as severity,
        labels.label_source,
        labels.labelled_at
    from photographs
    inner join labels
        on photographs.request_id = labels.request_id
    left join checks
        on photographs.photo_id = checks.photo_id
    where
        photographs.source = 'customer'
        and labels.label_source in ('observed', 'human_confirmed')
        and coalesce(checks.in_view, 'one_device') = 'one_device'

),

final as (

    {{ unlike_holdout('labelled', 'holdout') }}

)

select * from final
