with

landed as (

    select * from {{ ref('bronze_coupon_redemptions') }}

),

final as (

    select distinct
        campaign_id,
        household_id,
        coupon_upc,
        redemption_date as redeemed_on
    from landed
    where redemption_date <= {{ goldloop.as_of() }}

)

select * from final
