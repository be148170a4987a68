{#-
    What models said of a photograph and what the technician found. The first
    word of each version counts: a later one may have been trained on the answer.
-#}

with

assessments as (

    select *
    from {{ ref('bronze_photo_assessments') }}
    qualify row_number() over (
        partition by photo_id, _model_version
        order by _predicted_at
    ) = 1

),

labels as (

    select * from {{ ref('repair_labels') }}

),

final as (

    select
        assessments.photo_id,
        assessments.request_id,
        assessments.device_kind,
        assessments.predicted_damage_type,
        round(
            list_max(
                [p.prob for p in assessments.predicted_damage_type_probs]
            ),
            6
        ) as probability,
        labels.damage_type,
        labels.damage_type = assessments.predicted_damage_type as is_correct,
        assessments.is_labelled as was_labelled,
        assessments.as_of,
        labels.labelled_at,
        assessments._model,
        assessments._model_version,
        assessments._predicted_at
    from assessments
    left join labels
        on assessments.request_id = labels.request_id

)

select * from final
