with

versions as (

    select * from {{ ref('customer_versions') }}

),

final as (

    select
        customer_id,
        full_name,
        email,
        phone,
        birth_year,
        city,
        region,
        segment,
        is_marketing_allowed,
        signed_up_at,
        valid_from as updated_at
    from versions
    where is_current

)

select * from final
