with

landed as (

    select * from {{ source('completejourney', 'products') }}

),

final as (

    select
        product_id::bigint as product_id,
        manufacturer_id::bigint as manufacturer_id,
        department::varchar as department,
        brand::varchar as brand,
        product_category::varchar as product_category,
        product_type::varchar as product_type,
        package_size::varchar as package_size,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
