with

campaigns as (

    select * from {{ ref('campaigns') }}

),

coupons as (

    select * from {{ ref('coupons') }}

),

couponed as (

    select
        campaign_id,
        count(distinct coupon_upc) as coupons,
        count(distinct product_id) as coupon_products
    from coupons
    group by campaign_id

),

final as (

    select
        -- ids
        campaigns.campaign_id,

        -- text
        campaigns.campaign_type,

        -- numerics
        coalesce(couponed.coupons, 0) as coupons,
        coalesce(couponed.coupon_products, 0) as coupon_products,

        -- booleans
        campaigns.is_over,

        -- timestamps
        campaigns.started_on,
        campaigns.ended_on
    from campaigns
    left join couponed
        on campaigns.campaign_id = couponed.campaign_id

)

select * from final
