with

products as (

    select * from {{ ref('products') }}

),

final as (

    select
        product_id,
        product_name,
        device_kind,
        brand,
        list_price,
        unit_cost,
        launched_on
    from products

)

select * from final
