with

records as (

    {{ accepted('customers') }}

),

spellings as (

    select * from {{ ref('region_spellings') }}

),

deduplicated as (

    select *
    from records
    qualify row_number() over (
        partition by customer_id, updated_at
        order by _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        customer_id,
        full_name,
        email,
        phone,
        birth_year,
        city,
        coalesce(spellings.region, 'unknown') as region,
        segment,
        marketing_consent as is_marketing_allowed,
        signed_up_at,
        updated_at as valid_from,
        lead(updated_at) over (
            partition by customer_id order by updated_at
        ) as valid_to,
        valid_to is null as is_current
    from deduplicated
    left join spellings
        on lower(trim(deduplicated.region)) = spellings.spelling

)

select * from final
