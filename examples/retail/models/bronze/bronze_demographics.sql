with

landed as (

    select * from {{ source('completejourney', 'demographics') }}

),

final as (

    select
        household_id::bigint as household_id,
        age::varchar as age,
        income::varchar as income,
        home_ownership::varchar as home_ownership,
        marital_status::varchar as marital_status,
        household_size::varchar as household_size,
        household_comp::varchar as household_comp,
        kids_count::varchar as kids_count,
        {{ landing_provenance() }}
    from landed
    {{ of_new_files() }}

)

select * from final
