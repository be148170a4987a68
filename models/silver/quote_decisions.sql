with

records as (

    {{ accepted('quote_decisions') }}

),

final as (

    select
        request_id,
        quoted_price,
        is_accepted,
        decided_at
    from records
    qualify row_number() over (
        partition by request_id
        order by decided_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
