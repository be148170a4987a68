with

landed as (

    select * from {{ ref('bronze_coupons') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

final as (

    select distinct
        landed.campaign_id,
        landed.coupon_upc,
        landed.product_id
    from landed
    inner join campaigns
        on landed.campaign_id = campaigns.campaign_id

)

select * from final
