{#- A refund counts on the day it is paid, not on the day of the sale. -#}

with

sales as (

    select * from {{ ref('fct_sales') }}

),

returns as (

    select * from {{ ref('fct_returns') }}

),

movements as (

    select
        ordered_on as date_day,
        product_id,
        1 as n_order_lines,
        quantity as units_sold,
        gross_revenue,
        discount_amount,
        revenue,
        cost,
        0 as refunds
    from sales
    where not is_cancelled

    union all

    select
        returned_on as date_day,
        product_id,
        0 as n_order_lines,
        0 as units_sold,
        0 as gross_revenue,
        0 as discount_amount,
        0 as revenue,
        0 as cost,
        refund as refunds
    from returns

),

final as (

    select
        date_day,
        product_id,
        sum(n_order_lines)::integer as n_order_lines,
        sum(units_sold)::integer as units_sold,
        sum(gross_revenue)::decimal(14, 2) as gross_revenue,
        sum(discount_amount)::decimal(14, 2) as discount_amount,
        sum(revenue)::decimal(14, 2) as revenue,
        sum(cost)::decimal(14, 2) as cost,
        sum(refunds)::decimal(14, 2) as refunds,
        sum(revenue - refunds)::decimal(14, 2) as net_revenue
    from movements
    group by date_day, product_id

)

select * from final
