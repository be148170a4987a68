with

days as (

    select unnest(generate_series(
        date '2016-11-01', date '2018-03-31', interval 1 day
    ))::date as date_day

),

final as (

    select
        date_day,
        date_trunc('week', date_day)::date as week_starts_on,
        date_trunc('month', date_day)::date as month_starts_on,
        quarter(date_day)::integer as quarter_number,
        dayname(date_day) as day_name,
        isodow(date_day) >= 6 as is_weekend
    from days

)

select * from final
