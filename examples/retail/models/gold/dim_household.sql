with

households as (

    select * from {{ ref('households') }}

),

transactions as (

    select * from {{ ref('transactions') }}

),

first_baskets as (

    select
        household_id,
        min(sold_on) as first_sold_on
    from transactions
    group by household_id

),

final as (

    select
        households.*,
        first_baskets.first_sold_on
    from households
    left join first_baskets
        on households.household_id = first_baskets.household_id

)

select * from final
