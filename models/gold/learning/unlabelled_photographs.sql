{#-
    Photographs that no one has labelled yet, with what the serving models last
    said of them: customers' by the damage model, the factory's by the detector.
    Those of a panel's holdout are never asked for, nor those on which an agent saw
    no device, or several.
-#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

labels as (

    select * from {{ ref('damage_labels') }}

),

checks as (

    select * from {{ ref('photo_checks') }}

),

of_customers as (

    {{ goldloop.latest_inferences(ref('photo_assessments'), 'photo_id') }}

),

of_factory as (

    {{ goldloop.latest_inferences(ref('factory_assessments'), 'photo_id') }}

),

predictions as (

    select
        photo_id,
        'customer' as domain,
        request_id as device_id,
        device_kind,
        predicted_damage_type,
        predicted_damage_type_probs,
        _model,
        _model_version,
        _predicted_at
    from of_customers
    union all
    select
        photo_id,
        'factory' as domain,
        unit_id as device_id,
        device_kind,
        predicted_damage_type,
        predicted_damage_type_probs,
        _model,
        _model_version,
        _predicted_at
    from of_factory
    where not is_holdout

),

final as (

    select
        predictions.*,
        photographs.embedding
    from predictions
    inner join photographs
        on predictions.photo_id = photographs.photo_id
    left join checks
        on predictions.photo_id = checks.photo_id
    anti join labels
        on
            predictions.domain = labels.domain
            and predictions.device_id = coalesce(
                labels.request_id, labels.unit_id
            )
    where coalesce(checks.in_view, 'one_device') = 'one_device'

)

select * from final
