-- Feeds tell time in UTC, stores live by New York's clock: one line in
-- six is sold on the day before its UTC date. Fuel is counted in thousandths of
-- a gallon, everything else in units; nothing else comes a thousand at a time.
with

landed as (

    select * from {{ ref('bronze_transactions') }}

),

localised as (

    select
        *,
        (transaction_timestamp at time zone 'UTC')
        at time zone 'America/New_York' as sold_at,
        quantity >= 1000 as is_fuel
    from landed

),

final as (

    select
        -- ids
        basket_id,
        product_id,
        household_id,
        store_id,

        -- numerics
        week,
        case when is_fuel then 1 else quantity end as units,
        sales_value + retail_disc + coupon_match_disc as gross_amount,
        retail_disc as loyalty_discount,
        coupon_match_disc as coupon_match_discount,
        coupon_disc as coupon_discount,
        sales_value as sales_amount,

        -- booleans
        is_fuel,

        -- timestamps
        sold_at,
        sold_at::date as sold_on
    from localised
    where sold_at::date <= {{ goldloop.as_of() }}

)

select * from final
