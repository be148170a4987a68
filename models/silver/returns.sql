with

records as (

    {{ accepted('returns') }}

),

final as (

    select
        return_id,
        order_id || '-' || line_number as order_line_id,
        order_id,
        line_number,
        product_id,
        quantity,
        reason,
        refund,
        returned_at
    from records
    qualify row_number() over (
        partition by return_id
        order by returned_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
