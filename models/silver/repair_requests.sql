with

records as (

    {{ accepted('repair_requests') }}

),

spellings as (

    select * from {{ ref('channel_spellings') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by request_id
        order by requested_at desc, _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        request_id,
        customer_id,
        product_id,
        store_id,
        device_age_days,
        is_under_warranty,
        description,
        coalesce(spellings.channel, 'unknown') as channel,
        requested_at
    from latest
    left join spellings
        on lower(trim(latest.channel)) = spellings.spelling

)

select * from final
