{#-
    Cancellations and corrected quantities arrive as newer versions of a line,
    and lines are sent twice: the newest version counts.
-#}

with

records as (

    {{ accepted('sales') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by order_id, line_number
        order by updated_at desc, _landed_on desc, _row_number desc
    ) = 1

),

final as (

    select
        order_id || '-' || line_number as order_line_id,
        order_id,
        line_number,
        customer_id,
        store_id,
        product_id,
        quantity,
        unit_price,
        discount,
        status = 'cancelled' as is_cancelled,
        ordered_at,
        updated_at
    from latest

)

select * from final
