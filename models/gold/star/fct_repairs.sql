with

requests as (

    select * from {{ ref('repair_requests') }}

),

quotes as (

    select * from {{ ref('quote_decisions') }}

),

outcomes as (

    select * from {{ ref('repair_outcomes') }}

),

first_quotes as (

    select * from {{ ref('first_quotes') }}

),

photographs as (

    select
        request_id,
        count(*) as n_photographs
    from {{ ref('photographs') }}
    where
        is_readable
        and request_id is not null
    group by request_id

),

final as (

    select
        requests.request_id,
        requests.customer_id,
        requests.product_id,
        requests.store_id,
        requests.requested_at::date as requested_on,
        requests.channel,
        outcomes.technician_id,
        outcomes.damage_type,
        outcomes.severity,
        outcomes.repair_cost,
        quotes.quoted_price,
        first_quotes.expected_cost,
        first_quotes.cost_low as expected_cost_low,
        first_quotes.cost_high as expected_cost_high,
        coalesce(photographs.n_photographs, 0)::integer as n_photographs,
        date_diff('day', requests.requested_at, outcomes.completed_at)::integer
            as days_to_complete,
        requests.is_under_warranty,
        quotes.is_accepted,
        outcomes.is_repaired,
        outcomes.repair_cost::double
        between first_quotes.cost_low and first_quotes.cost_high
            as is_cost_as_expected,
        requests.requested_at,
        quotes.decided_at,
        outcomes.completed_at
    from requests
    left join quotes
        on requests.request_id = quotes.request_id
    left join outcomes
        on requests.request_id = outcomes.request_id
    left join first_quotes
        on requests.request_id = first_quotes.request_id
    left join photographs
        on requests.request_id = photographs.request_id

)

select * from final
