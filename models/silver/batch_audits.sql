with

records as (

    {{ accepted('batch_audits') }}

),

final as (

    select
        batch_id,
        n_units,
        n_defective,
        audited_at
    from records
    qualify row_number() over (
        partition by batch_id
        order by audited_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
