with

inventory as (

    select * from {{ ref('inventory') }}

),

sales as (

    select * from {{ ref('fct_sales') }}

),

product_versions as (

    select * from {{ ref('product_versions') }}

),

counted as (

    select
        counted_on,
        product_id,
        sum(on_hand) as on_hand,
        sum(on_order) as on_order,
        count(*) filter (on_hand = 0) as n_stores_out_of_stock,
        counted_on + interval 1 day as closes_at
    from inventory
    group by counted_on, product_id

),

sold as (

    select
        ordered_on,
        product_id,
        sum(quantity) as units_sold
    from sales
    where not is_cancelled
    group by ordered_on, product_id

),

final as (

    select
        counted.counted_on as date_day,
        counted.product_id,
        counted.on_hand::integer as on_hand,
        counted.on_order::integer as on_order,
        counted.n_stores_out_of_stock::integer as n_stores_out_of_stock,
        coalesce(sold.units_sold, 0)::integer as units_sold,
        (counted.on_hand * product_versions.unit_cost)::decimal(14, 2)
            as stock_value,
        counted.on_hand = 0 as is_out_of_stock
    from counted
    left join sold
        on
            counted.product_id = sold.product_id
            and counted.counted_on = sold.ordered_on
    asof left join product_versions
        on
            counted.product_id = product_versions.product_id
            and counted.closes_at >= product_versions.valid_from

)

select * from final
