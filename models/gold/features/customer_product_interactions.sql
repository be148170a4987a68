{#-
    What each customer has to do with each product, as known at the as-of date.
    A technician's word on a device's condition goes before a model's.
-#}

with

events as (

    select * from {{ ref('ownership_events') }}

),

requests as (

    select
        request_id,
        device_age_days,
        requested_at
    from {{ ref('repair_requests') }}

),

conditions as (

    select
        events.customer_id,
        events.product_id,
        events.request_id,
        events.damage_type,
        events.severity,
        events.condition_source,
        events.model_version,
        events.known_at,
        requests.device_age_days
    from events
    inner join requests
        on events.request_id = requests.request_id
    where events.event = 'assessed'
    qualify row_number() over (
        partition by events.customer_id, events.product_id
        order by
            requests.requested_at desc,
            requests.request_id desc,
            events.condition_source = 'human_confirmed' desc,
            events.known_at desc
    ) = 1

),

declined as (

    select distinct request_id
    from events
    where event = 'declined'

),

counted as (

    select
        customer_id,
        product_id,
        min(known_at) filter (where event = 'bought') as first_bought_at,
        count(*) filter (where event = 'bought')::integer as n_bought,
        count(*) filter (where event = 'undone')::integer as n_undone,
        count(*) filter (where event = 'brought')::integer as n_repairs
    from events
    group by customer_id, product_id

),

final as (

    select
        counted.customer_id,
        counted.product_id,
        conditions.request_id as condition_request_id,
        conditions.damage_type,
        conditions.condition_source,
        conditions.model_version as condition_model_version,
        counted.n_bought,
        counted.n_repairs,
        conditions.device_age_days::integer as device_age_days,
        conditions.severity,
        counted.n_bought > counted.n_undone as is_bought,
        counted.n_bought > counted.n_undone or counted.n_repairs > 0 as is_owned,
        declined.request_id is not null as is_repair_declined,
        counted.first_bought_at,
        conditions.known_at as condition_known_at
    from counted
    left join conditions
        on
            counted.customer_id = conditions.customer_id
            and counted.product_id = conditions.product_id
    left join declined
        on conditions.request_id = declined.request_id

)

select * from final
