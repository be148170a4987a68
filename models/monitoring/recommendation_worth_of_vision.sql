{#-
    What a better vision model is worth to recommendations of a replacement.
    Each generation of the damage models spoke of requests before a technician
    had seen the device. The fifth of them that it found worst would be offered
    a new device of the kind; a hit is a customer who bought one afterwards. A
    technician's fifth of the same requests is what perfect sight would reach.
-#}

with

assessments as (

    select *
    from {{ ref('bronze_photo_assessments') }}
    where not is_labelled
    qualify row_number() over (
        partition by photo_id, _model_version
        order by _predicted_at
    ) = 1

),

severities as (

    select *
    from {{ ref('bronze_photo_severities') }}
    where not is_labelled
    qualify row_number() over (
        partition by photo_id, _invocation_id
        order by _model_version desc
    ) = 1

),

requests as (

    select * from {{ ref('repair_requests') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

products as (

    select * from {{ ref('products') }}

),

sales as (

    select
        sales.customer_id,
        sales.ordered_at,
        products.device_kind
    from {{ ref('sales') }} as sales
    inner join products
        on sales.product_id = products.product_id
    where not sales.is_cancelled

),

seen as (

    select
        assessments.request_id,
        assessments._model_version as generation,
        avg(severities.predicted_severity) as predicted_severity
    from assessments
    -- Both of one build: a generation's severities are its own.
    inner join severities
        on
            assessments.photo_id = severities.photo_id
            and assessments._invocation_id = severities._invocation_id
    group by assessments.request_id, assessments._model_version

),

judged as (

    select
        seen.request_id,
        seen.generation,
        seen.predicted_severity,
        labels.severity::double as severity,
        coalesce(bool_or(sales.ordered_at is not null), false) as is_replaced
    from seen
    inner join labels
        on seen.request_id = labels.request_id
    inner join requests
        on seen.request_id = requests.request_id
    inner join products
        on requests.product_id = products.product_id
    left join sales
        on
            requests.customer_id = sales.customer_id
            and products.device_kind = sales.device_kind
            and sales.ordered_at > requests.requested_at
            and sales.ordered_at <= requests.requested_at + interval 70 days
    group by all

),

sources as (

    select
        generation,
        'damage model' as condition_from,
        request_id,
        predicted_severity as found,
        is_replaced
    from judged
    union all
    select
        generation,
        'technician' as condition_from,
        request_id,
        severity as found,
        is_replaced
    from judged

),

ranked as (

    select
        *,
        row_number() over (
            partition by generation, condition_from
            order by found desc, request_id
        ) as place,
        count(*) over (partition by generation, condition_from) as n
    from sources

),

final as (

    select
        generation,
        condition_from,
        count(*) as n_requests,
        count(*) filter (where is_replaced) as n_replaced,
        count(*) filter (where place * 5 <= n) as n_recommended,
        count(*) filter (where place * 5 <= n and is_replaced) as n_hits,
        round(
            avg(is_replaced::integer) filter (where place * 5 <= n), 4
        ) as hit_rate,
        round(avg(is_replaced::integer), 4) as hit_rate_of_all
    from ranked
    group by generation, condition_from

)

select * from final
order by generation, condition_from
