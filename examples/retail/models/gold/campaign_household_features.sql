with

responses as (

    select * from {{ ref('fct_campaign_responses') }}

),

campaigns as (

    select * from {{ ref('dim_campaign') }}

),

households as (

    select * from {{ ref('dim_household') }}

),

shopping as (

    select * from {{ ref('shopping_before_campaign') }}

),

coupon_products as (

    select * from {{ ref('coupon_products_before_campaign') }}

),

earlier_campaigns as (

    select * from {{ ref('campaigns_before_campaign') }}

),

final as (

    select
        -- ids
        responses.recipient_id,
        responses.campaign_id,
        responses.household_id,

        -- the campaign
        campaigns.campaign_type,
        campaigns.coupons,
        campaigns.coupon_products,

        -- shopping before it
        shopping.* exclude (recipient_id),
        coalesce(coupon_products.coupon_products_bought, 0)
            as coupon_products_bought,
        coalesce(coupon_products.coupon_products_spend, 0)
            as coupon_products_spend,

        -- earlier campaigns
        earlier_campaigns.* exclude (recipient_id),

        -- the household
        households.age_from,
        households.income_from,
        households.household_size,
        households.children,
        households.is_homeowner,
        households.is_married,
        households.has_demographics,

        -- the label
        responses.is_redeemed,
        responses.is_confirmed,
        campaigns.started_on
        > {{ goldloop.as_of() }} - {{ var('evaluation_days') }}
            as is_evaluation,

        -- timestamps
        campaigns.started_on
    from responses
    inner join campaigns
        on responses.campaign_id = campaigns.campaign_id
    inner join households
        on responses.household_id = households.household_id
    inner join shopping
        on responses.recipient_id = shopping.recipient_id
    inner join earlier_campaigns
        on responses.recipient_id = earlier_campaigns.recipient_id
    left join coupon_products
        on responses.recipient_id = coupon_products.recipient_id

)

select * from final
