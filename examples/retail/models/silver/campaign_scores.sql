-- The score that counts is the last one made before the campaign started.
with

inferred as (

    select * from {{ ref('bronze_campaign_redemption_scores') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

final as (

    select
        -- ids
        inferred.recipient_id,
        inferred.campaign_id,
        inferred.household_id,

        -- text
        inferred._model as model_name,

        -- numerics
        inferred._model_version as model_version,
        list_filter(
            inferred.predicted_is_redeemed_probs,
            lambda answer: answer.label
        )[1].prob as redemption_probability,

        -- timestamps
        inferred.scored_as_of,
        inferred._predicted_at as predicted_at
    from inferred
    inner join campaigns
        on inferred.campaign_id = campaigns.campaign_id
    where inferred.scored_as_of < campaigns.started_on
    qualify
        row_number() over (
            partition by inferred.recipient_id
            order by inferred.scored_as_of desc, inferred._predicted_at desc
        ) = 1

)

select * from final
