with

records as (

    {{ accepted('purchase_orders') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by purchase_order_id, line_number
        order by updated_at desc, _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        purchase_order_id || '-' || line_number as purchase_order_line_id,
        purchase_order_id,
        line_number,
        supplier_id,
        store_id,
        product_id,
        quantity,
        unit_cost,
        status,
        expected_on,
        ordered_at,
        received_at,
        updated_at
    from latest

)

select * from final
