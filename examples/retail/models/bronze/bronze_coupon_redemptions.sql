with

landed as (

    select * from {{ source('completejourney', 'coupon_redemptions') }}

),

final as (

    select
        household_id::bigint as household_id,
        coupon_upc::bigint as coupon_upc,
        campaign_id::integer as campaign_id,
        redemption_date::date as redemption_date,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
