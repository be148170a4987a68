-- How much of what the campaign's coupons are good for the recipient already
-- bought before it started.
with

responses as (

    select * from {{ ref('fct_campaign_responses') }}

),

sales as (

    select * from {{ ref('fct_sales') }}

),

coupons as (

    select * from {{ ref('coupons') }}

),

couponed as (

    select distinct
        campaign_id,
        product_id
    from coupons

),

final as (

    select
        responses.recipient_id,
        count(distinct sales.product_id) as coupon_products_bought,
        sum(sales.sales_amount)::double as coupon_products_spend
    from responses
    inner join sales
        on
            responses.household_id = sales.household_id
            and sales.sold_on < responses.started_on
            and sales.sold_on
            >= responses.started_on - {{ var('shopping_window_days') }}
    inner join couponed
        on
            responses.campaign_id = couponed.campaign_id
            and sales.product_id = couponed.product_id
    group by responses.recipient_id

)

select * from final
