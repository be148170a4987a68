with

requests as (

    select * from {{ ref('repair_requests') }}

),

sales as (

    select * from {{ ref('sales') }}

),

repairs as (

    select
        requests.request_id,
        count(*) as n_earlier_repairs
    from requests
    inner join requests as earlier
        on
            requests.customer_id = earlier.customer_id
            and requests.requested_at > earlier.requested_at
    group by requests.request_id

),

purchases as (

    select
        requests.request_id,
        count(*) as n_earlier_purchases,
        sum(quantity * unit_price * (1 - discount)) as spent_before
    from requests
    inner join sales
        on
            requests.customer_id = sales.customer_id
            and requests.requested_at > sales.ordered_at
    -- A line that was cancelled later still stood when the request came.
    where
        not sales.is_cancelled
        or sales.updated_at >= requests.requested_at
    group by requests.request_id

),

final as (

    select
        requests.request_id,
        coalesce(n_earlier_repairs, 0)::integer as n_earlier_repairs,
        coalesce(n_earlier_purchases, 0)::integer as n_earlier_purchases,
        round(coalesce(spent_before, 0), 2)::double as spent_before
    from requests
    left join repairs
        on requests.request_id = repairs.request_id
    left join purchases
        on requests.request_id = purchases.request_id

)

select * from final
