with

stores as (

    select * from {{ ref('stores') }}

),

final as (

    select
        store_id,
        store_name,
        city,
        region,
        channel,
        opened_on
    from stores

)

select * from final
