with

landed as (

    select * from {{ source('completejourney', 'campaigns') }}

),

final as (

    select
        campaign_id::integer as campaign_id,
        household_id::bigint as household_id,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
