{{ config(tags=['holdout']) }}

with

records as (

    {{ accepted('dialogue_panel') }}

),

final as (

    select
        conversation_id,
        panel,
        outcome,
        told_order ->> 'name' as name,
        coalesce(told_order ->> 'phone', told_order ->> 'email') as contact,
        told_order ->> 'device' as product_name,
        told_order ->> 'damage' as damage,
        try_cast(told_order ->> 'date' as date) as preferred_on
    from records

)

select * from final
