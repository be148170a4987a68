{#- A return of a line we do not know keeps its refund, without the line. -#}

with

returns as (

    select * from {{ ref('returns') }}

),

sales as (

    select * from {{ ref('fct_sales') }}

),

final as (

    select
        returns.return_id,
        sales.order_line_id,
        sales.customer_id,
        sales.store_id,
        returns.product_id,
        returns.returned_at::date as returned_on,
        returns.quantity,
        returns.reason,
        returns.refund::decimal(14, 2) as refund,
        date_diff('day', sales.ordered_at, returns.returned_at)::integer
            as days_kept,
        returns.returned_at
    from returns
    left join sales
        on returns.order_line_id = sales.order_line_id

)

select * from final
