with

versions as (

    select * from {{ ref('product_versions') }}

),

final as (

    select
        product_id,
        product_name,
        device_kind,
        brand,
        list_price,
        unit_cost,
        launched_on,
        valid_from as updated_at
    from versions
    where is_current

)

select * from final
