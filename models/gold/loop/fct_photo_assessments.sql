with

assessments as (

    select * from {{ ref('photo_assessments_confirmed') }}

),

final as (

    select
        photo_id,
        request_id,
        device_kind,
        _model_version as model_version,
        predicted_damage_type,
        probability,
        damage_type,
        is_correct,
        was_labelled,
        as_of,
        labelled_at
    from assessments

)

select * from final
