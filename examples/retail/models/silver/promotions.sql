-- Of 21 million positions, those under which something was sold. A product can
-- stand in several places of a store in a week; '0' means in none.
with

landed as (

    select * from {{ ref('bronze_promotions') }}

),

transactions as (

    select * from {{ ref('transactions') }}

),

final as (

    select
        landed.product_id,
        landed.store_id,
        landed.week,
        bool_or(landed.display_location != '0') as is_displayed,
        bool_or(landed.mailer_location != '0') as is_in_mailer
    from landed
    semi join transactions
        on
            landed.product_id = transactions.product_id
            and landed.store_id = transactions.store_id
            and landed.week = transactions.week
    group by all

)

select * from final
