with

catalogue as (

    select * from {{ ref('bronze_products') }}

),

final as (

    select
        -- ids
        product_id,
        manufacturer_id,

        -- text
        lower(trim(department)) as department,
        coalesce(lower(trim(product_category)), 'unknown') as product_category,
        coalesce(lower(trim(product_type)), 'unknown') as product_type,
        nullif(trim(package_size), '') as package_size,

        -- booleans
        brand = 'Private' as is_private_brand
    from catalogue

)

select * from final
