with

records as (

    {{ accepted('factory_inspections') }}

),

final as (

    select
        unit_id,
        product_id,
        batch_id,
        station,
        inspector_label,
        inspected_at
    from records
    qualify row_number() over (
        partition by unit_id
        order by inspected_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
