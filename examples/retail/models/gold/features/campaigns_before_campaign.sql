-- What the recipient made of earlier campaigns, as it stood on the day before
-- this one started: a redemption on that very day is not known yet.
with

responses as (

    select * from {{ ref('fct_campaign_responses') }}

),

redemptions as (

    select * from {{ ref('coupon_redemptions') }}

),

received as (

    select
        responses.recipient_id,
        count(*) as earlier_campaigns,
        min(date_diff('day', earlier.started_on, responses.started_on))
            as days_since_campaign
    from responses
    inner join responses as earlier
        on
            responses.household_id = earlier.household_id
            and earlier.started_on < responses.started_on
    group by responses.recipient_id

),

redeemed as (

    select
        responses.recipient_id,
        count(*) as earlier_redemptions,
        count(distinct redemptions.campaign_id) as earlier_campaigns_redeemed,
        min(date_diff('day', redemptions.redeemed_on, responses.started_on))
            as days_since_redemption
    from responses
    inner join redemptions
        on
            responses.household_id = redemptions.household_id
            and redemptions.redeemed_on < responses.started_on
    group by responses.recipient_id

),

final as (

    select
        responses.recipient_id,
        coalesce(received.earlier_campaigns, 0) as earlier_campaigns,
        received.days_since_campaign,
        coalesce(redeemed.earlier_redemptions, 0) as earlier_redemptions,
        coalesce(redeemed.earlier_campaigns_redeemed, 0)
            as earlier_campaigns_redeemed,
        redeemed.days_since_redemption
    from responses
    left join received
        on responses.recipient_id = received.recipient_id
    left join redeemed
        on responses.recipient_id = redeemed.recipient_id

)

select * from final
