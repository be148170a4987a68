with

customers as (

    select * from {{ ref('customers') }}

),

final as (

    select
        customer_id,
        full_name,
        city,
        region,
        segment,
        birth_year,
        is_marketing_allowed,
        signed_up_at
    from customers

)

select * from final
