with

landed as (

    select * from {{ ref('bronze_campaigns') }}

),

campaigns as (

    select * from {{ ref('campaigns') }}

),

final as (

    select distinct
        landed.campaign_id || '-' || landed.household_id as recipient_id,
        landed.campaign_id,
        landed.household_id
    from landed
    inner join campaigns
        on landed.campaign_id = campaigns.campaign_id

)

select * from final
