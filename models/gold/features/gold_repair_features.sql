{#- Product and customer are described as they were at the request's time. -#}

with

of_product as (

    {{ goldloop.point_in_time_join(
        ref('repair_requests'),
        ref('product_versions'),
        'product_id',
        'requested_at',
        'valid_from',
        ['device_kind', 'brand', 'list_price']
    ) }}

),

of_customer as (

    {{ goldloop.point_in_time_join(
        '(select * from of_product)',
        ref('customer_versions'),
        'customer_id',
        'requested_at',
        'valid_from',
        ['segment', 'signed_up_at']
    ) }}

),

histories as (

    select * from {{ ref('customer_histories') }}

),

final as (

    select
        of_customer.request_id,
        of_customer.customer_id,
        of_customer.product_id,
        of_customer.device_kind,
        of_customer.brand,
        of_customer.channel,
        of_customer.segment,
        of_customer.device_age_days,
        of_customer.list_price::double as list_price,
        histories.n_earlier_repairs,
        histories.n_earlier_purchases,
        histories.spent_before,
        date_diff('day', of_customer.signed_up_at, of_customer.requested_at)
        ::integer as days_since_sign_up,
        of_customer.is_under_warranty,
        of_customer.requested_at,
        of_customer.requested_at::date as day
    from of_customer
    inner join histories
        on of_customer.request_id = histories.request_id

)

select * from final
