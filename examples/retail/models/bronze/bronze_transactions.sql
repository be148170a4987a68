with

landed as (

    select * from {{ source('completejourney', 'transactions') }}

),

final as (

    select
        household_id::bigint as household_id,
        store_id::bigint as store_id,
        basket_id::bigint as basket_id,
        product_id::bigint as product_id,
        quantity::bigint as quantity,
        sales_value::decimal(12, 2) as sales_value,
        retail_disc::decimal(12, 2) as retail_disc,
        coupon_disc::decimal(12, 2) as coupon_disc,
        coupon_match_disc::decimal(12, 2) as coupon_match_disc,
        week::integer as week,
        transaction_timestamp::timestamp as transaction_timestamp,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
