with

landed as (

    select * from {{ source('completejourney', 'campaign_descriptions') }}

),

final as (

    select
        campaign_id::integer as campaign_id,
        campaign_type::varchar as campaign_type,
        start_date::date as start_date,
        end_date::date as end_date,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
