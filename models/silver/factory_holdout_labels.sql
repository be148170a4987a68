{{ config(tags=['holdout']) }}

with

records as (

    {{ accepted('factory_holdout_labels') }}

),

final as (

    select
        unit_id,
        damage_type,
        severity,
        'human_confirmed' as label_source,
        _landed_on::timestamp as labelled_at
    from records
    qualify row_number() over (
        partition by unit_id
        order by _landed_on desc, _row_number desc
    ) = 1

)

select * from final
