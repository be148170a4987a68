-- Had only the likeliest deciles been sent the campaign, how many of those who
-- redeemed would have been reached?
with

scores as (

    select * from {{ ref('campaign_scores') }}

),

responses as (

    select * from {{ ref('fct_campaign_responses') }}

),

ranked as (

    select
        scores.campaign_id,
        scores.model_version,
        scores.redemption_probability,
        responses.is_confirmed,
        responses.is_redeemed,
        ntile(10) over (
            partition by scores.campaign_id
            order by scores.redemption_probability desc, scores.household_id asc
        ) as decile
    from scores
    inner join responses
        on scores.recipient_id = responses.recipient_id

),

deciles as (

    select
        campaign_id,
        decile::integer as decile,
        max(model_version) as model_version,
        count(*) as households,
        sum(redemption_probability) as expected_redeemers,
        any_value(is_confirmed) as is_confirmed,
        case
            when any_value(is_confirmed)
                then count_if(is_redeemed)::bigint
        end as redeemers
    from ranked
    group by campaign_id, decile

),

final as (

    select
        -- ids
        campaign_id,
        decile,
        model_version,

        -- numerics
        households,
        expected_redeemers,
        redeemers,
        redeemers / households as redemption_rate,
        (redeemers / households)
        / nullif(
            sum(redeemers) over campaign / sum(households) over campaign, 0
        ) as lift,
        sum(redeemers) over likeliest
        / nullif(sum(redeemers) over campaign, 0) as redeemers_reached,

        -- booleans
        is_confirmed
    from deciles
    window
        campaign as (partition by campaign_id),
        likeliest as (partition by campaign_id order by decile)

)

select * from final
