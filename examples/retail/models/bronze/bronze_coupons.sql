with

landed as (

    select * from {{ source('completejourney', 'coupons') }}

),

final as (

    select
        coupon_upc::bigint as coupon_upc,
        product_id::bigint as product_id,
        campaign_id::integer as campaign_id,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
