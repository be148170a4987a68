-- A campaign is planned ahead: it is known some days before it starts.
with

landed as (

    select * from {{ ref('bronze_campaign_descriptions') }}

),

final as (

    select
        -- ids
        campaign_id,

        -- text
        replace(campaign_type, 'Type ', '') as campaign_type,

        -- booleans
        end_date <= {{ goldloop.as_of() }} as is_over,

        -- timestamps
        start_date as started_on,
        end_date as ended_on
    from landed
    where
        start_date
        <= {{ goldloop.as_of() }}
        + interval '{{ var("campaign_notice_days") }} days'

)

select * from final
