with

landed as (

    select * from {{ source('completejourney', 'promotions') }}

),

final as (

    select
        product_id::bigint as product_id,
        store_id::bigint as store_id,
        display_location::varchar as display_location,
        mailer_location::varchar as mailer_location,
        week::integer as week,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
