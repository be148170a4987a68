with

transactions as (

    select * from {{ ref('transactions') }}

),

promotions as (

    select * from {{ ref('promotions') }}

),

final as (

    select
        -- ids
        transactions.basket_id,
        transactions.product_id,
        transactions.household_id,
        transactions.store_id,

        -- numerics
        transactions.units,
        transactions.gross_amount,
        transactions.loyalty_discount,
        transactions.coupon_match_discount,
        transactions.coupon_discount,
        transactions.sales_amount,

        -- booleans
        transactions.is_fuel,
        coalesce(promotions.is_displayed, false) as is_displayed,
        coalesce(promotions.is_in_mailer, false) as is_in_mailer,

        -- timestamps
        transactions.sold_at,
        transactions.sold_on
    from transactions
    left join promotions
        on
            transactions.product_id = promotions.product_id
            and transactions.store_id = promotions.store_id
            and transactions.week = promotions.week

)

select * from final
