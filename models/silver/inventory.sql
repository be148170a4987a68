with

records as (

    {{ accepted('inventory') }}

),

final as (

    select
        counted_on,
        store_id,
        product_id,
        on_hand,
        on_order
    from records
    qualify row_number() over (
        partition by counted_on, store_id, product_id
        order by _landed_on desc, _row_number desc
    ) = 1

)

select * from final
