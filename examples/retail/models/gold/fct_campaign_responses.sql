-- Whether a recipient redeemed is known once the campaign is over, not before:
-- early redemptions alone would make a campaign look better than it was.
with

recipients as (

    select * from {{ ref('campaign_recipients') }}

),

campaigns as (

    select * from {{ ref('dim_campaign') }}

),

redemptions as (

    select * from {{ ref('coupon_redemptions') }}

),

redeemed as (

    select
        campaign_id,
        household_id,
        count(*) as coupons_redeemed,
        min(redeemed_on) as first_redeemed_on
    from redemptions
    group by campaign_id, household_id

),

final as (

    select
        -- ids
        recipients.recipient_id,
        recipients.campaign_id,
        recipients.household_id,

        -- numerics
        coalesce(redeemed.coupons_redeemed, 0) as coupons_redeemed,

        -- booleans
        campaigns.is_over as is_confirmed,
        case
            when campaigns.is_over then redeemed.household_id is not null
        end as is_redeemed,

        -- timestamps
        campaigns.started_on,
        redeemed.first_redeemed_on
    from recipients
    inner join campaigns
        on recipients.campaign_id = campaigns.campaign_id
    left join redeemed
        on
            recipients.campaign_id = redeemed.campaign_id
            and recipients.household_id = redeemed.household_id

)

select * from final
