with

records as (

    {{ accepted('products') }}

),

spellings as (

    select * from {{ ref('device_kind_spellings') }}

),

deduplicated as (

    select *
    from records
    qualify row_number() over (
        partition by product_id, updated_at
        order by _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        product_id,
        product_name,
        coalesce(spellings.device_kind, 'unknown') as device_kind,
        brand,
        list_price,
        unit_cost,
        launched_on,
        updated_at as valid_from,
        lead(updated_at) over (
            partition by product_id order by updated_at
        ) as valid_to,
        valid_to is null as is_current
    from deduplicated
    left join spellings
        on lower(trim(deduplicated.device_kind)) = spellings.spelling

)

select * from final
