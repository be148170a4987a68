with

records as (

    {{ accepted('stores') }}

),

regions as (

    select * from {{ ref('region_spellings') }}

),

channels as (

    select * from {{ ref('channel_spellings') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by store_id
        order by _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        store_id,
        store_name,
        city,
        coalesce(regions.region, 'unknown') as region,
        coalesce(channels.channel, 'unknown') as channel,
        opened_on
    from latest
    left join regions
        on lower(trim(latest.region)) = regions.spelling
    left join channels
        on lower(trim(latest.channel)) = channels.spelling

)

select * from final
