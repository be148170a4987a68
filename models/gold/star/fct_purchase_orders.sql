{#- A line is late once its day has passed, received or not. -#}

with

purchase_orders as (

    select * from {{ ref('purchase_orders') }}

),

final as (

    select
        purchase_order_line_id,
        purchase_order_id,
        line_number,
        supplier_id,
        store_id,
        product_id,
        ordered_at::date as ordered_on,
        expected_on,
        received_at::date as received_on,
        status,
        quantity,
        unit_cost,
        (quantity * unit_cost)::decimal(14, 2) as order_value,
        date_diff('day', ordered_at, received_at)::integer as lead_days,
        status = 'received' as is_received,
        status != 'cancelled'
        and coalesce(received_at::date, {{ goldloop.as_of() }}) > expected_on
            as is_late
    from purchase_orders

)

select * from final
