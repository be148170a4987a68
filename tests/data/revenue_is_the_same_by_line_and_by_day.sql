with

by_line as (

    select sum(revenue) as revenue from {{ ref('fct_sales') }}

),

by_day as (

    select sum(revenue) as revenue from {{ ref('fct_revenue_daily') }}

)

select
    by_line.revenue as revenue_by_line,
    by_day.revenue as revenue_by_day
from by_line
cross join by_day
where by_line.revenue != by_day.revenue
