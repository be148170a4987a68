{#- To the end of the next year: orders and repairs expect things to come. -#}

with

days as (

    select unnest(generate_series(
        timestamp '{{ var("calendar_starts_on") }}',
        date_trunc('year', {{ goldloop.as_of() }})
        + interval 2 year - interval 1 day,
        interval 1 day
    ))::date as date_day

),

final as (

    select
        date_day,
        year(date_day)::integer as year,
        quarter(date_day)::integer as quarter,
        month(date_day)::integer as month,
        monthname(date_day) as month_name,
        isoyear(date_day)::integer as iso_year,
        week(date_day)::integer as iso_week,
        isodow(date_day)::integer as day_of_week,
        dayname(date_day) as day_name,
        isodow(date_day) >= 6 as is_weekend
    from days

)

select * from final
