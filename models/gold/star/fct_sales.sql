{#- A line costs what the product cost when it was sold. -#}

with

sales as (

    select * from {{ ref('sales') }}

),

product_versions as (

    select * from {{ ref('product_versions') }}

),

priced as (

    select
        sales.*,
        product_versions.unit_cost,
        quantity * unit_price as gross,
        (quantity * unit_price * discount)::decimal(14, 2) as deducted
    from sales
    asof left join product_versions
        on
            sales.product_id = product_versions.product_id
            and sales.ordered_at >= product_versions.valid_from

),

final as (

    select
        order_line_id,
        order_id,
        line_number,
        customer_id,
        store_id,
        product_id,
        ordered_at::date as ordered_on,
        quantity,
        unit_price,
        discount,
        if(is_cancelled, 0, gross)::decimal(14, 2) as gross_revenue,
        if(is_cancelled, 0, deducted)::decimal(14, 2) as discount_amount,
        if(is_cancelled, 0, gross - deducted)::decimal(14, 2) as revenue,
        if(is_cancelled, 0, quantity * unit_cost)::decimal(14, 2) as cost,
        is_cancelled,
        ordered_at
    from priced

)

select * from final
