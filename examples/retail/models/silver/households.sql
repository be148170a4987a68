-- Everybody who ever bought or received a campaign; demographics, where known,
-- as the lower bounds of their bands, so that models can order them.
with

transactions as (

    select * from {{ ref('transactions') }}

),

recipients as (

    select * from {{ ref('campaign_recipients') }}

),

demographics as (

    select * from {{ ref('bronze_demographics') }}

),

known as (

    select household_id from transactions
    union
    select household_id from recipients

),

final as (

    select
        -- ids
        known.household_id,

        -- text
        demographics.age as age_band,
        demographics.income as income_band,
        lower(demographics.household_comp) as composition,

        -- numerics
        regexp_extract(demographics.age, '\d+')::integer as age_from,
        case
            when demographics.income like 'Under%' then 0
            else regexp_extract(demographics.income, '\d+')::integer * 1000
        end as income_from,
        regexp_extract(demographics.household_size, '\d+')::integer
            as household_size,
        regexp_extract(demographics.kids_count, '\d+')::integer as children,

        -- booleans
        demographics.home_ownership in ('Homeowner', 'Probable Homeowner')
            as is_homeowner,
        demographics.marital_status = 'Married' as is_married,
        demographics.household_id is not null as has_demographics
    from known
    left join demographics
        on known.household_id = demographics.household_id

)

select * from final
