{#-
    New requests with the damage that the serving models see on their
    photographs: the type of the highest mean probability, the mean severity, and
    what has to be done for that. What the model is not sure enough of is marked
    for a technician.
-#}
{{ config(materialized='view') }}

with

usable as (

    select * from {{ ref('photographs_to_assess') }}

),

assessments as (

    select * from (
        {{ goldloop.latest_inferences(ref('photo_assessments'), 'photo_id') }}
    )
    where photo_id in (select usable.photo_id from usable)

),

severities as (

    select * from (
        {{ goldloop.latest_inferences(ref('photo_severities'), 'photo_id') }}
    )
    where photo_id in (select usable.photo_id from usable)

),

requests as (

    select * from {{ ref('gold_repair_features') }}

),

arriving as (

    select distinct request_id, is_labelled, as_of
    from usable

),

damages as (

    {{ damages_of_requests('assessments') }}

),

threshold as (

    select * from {{ ref('technician_threshold') }}

),

severity as (

    select
        request_id,
        round(greatest(0, least(1, avg(predicted_severity))), 6) as severity,
        max(_model_version) as model_version
    from severities
    group by request_id

),

damage_versions as (

    select
        request_id,
        max(_model_version) as model_version
    from assessments
    group by request_id

),

actions as (

    select * from {{ ref('repair_actions') }}

),

final as (

    select
        requests.request_id,
        requests.customer_id,
        requests.product_id,
        requests.device_kind,
        requests.brand,
        requests.segment,
        requests.channel,
        requests.list_price,
        requests.device_age_days,
        requests.is_under_warranty,
        damages.damage_type,
        damages.damage_probability,
        severity.severity,
        actions.repair_needed,
        damages.damage_probability < threshold.threshold as is_for_technician,
        damage_versions.model_version as damage_model_version,
        severity.model_version as severity_model_version,
        arriving.is_labelled,
        requests.requested_at,
        arriving.as_of
    from arriving
    inner join requests
        on arriving.request_id = requests.request_id
    inner join damages
        on arriving.request_id = damages.request_id
    inner join severity
        on arriving.request_id = severity.request_id
    inner join damage_versions
        on arriving.request_id = damage_versions.request_id
    asof left join actions
        on
            damages.damage_type = actions.damage_type
            and severity.severity >= actions.from_severity
    cross join threshold

)

select * from final
