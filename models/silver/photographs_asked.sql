{#-
    What was asked of people in earlier builds, and what they answered since.
    The first asking of a photograph counts.
-#}

with

asked as (

    select *
    from {{ ref('bronze_photographs_to_label') }}
    qualify row_number() over (
        partition by photo_id
        order by _predicted_at, labelling_rank
    ) = 1

),

labels as (

    select * from {{ ref('damage_labels') }}

),

final as (

    select
        asked.photo_id,
        asked.domain,
        asked.device_id,
        asked.device_kind,
        asked.labelling_rank,
        asked.strategy,
        asked.uncertainty,
        asked.predicted_damage_type,
        asked.as_of as asked_on,
        labels.damage_type,
        labels.labelled_at,
        labels.damage_type is not null as is_answered,
        labels.damage_type = asked.predicted_damage_type as was_right,
        asked._model,
        asked._model_version,
        asked._predicted_at
    from asked
    left join labels
        on
            asked.domain = labels.domain
            and asked.device_id = coalesce(labels.request_id, labels.unit_id)

)

select * from final
