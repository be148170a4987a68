{{ config(tags=['holdout']) }}

with

records as (

    {{ accepted('holdout_labels') }}

),

final as (

    select
        photo_id,
        damage_type,
        severity,
        'human_confirmed' as label_source,
        _landed_on::timestamp as labelled_at
    from records
    qualify row_number() over (
        partition by photo_id
        order by _landed_on desc, _row_number desc
    ) = 1

)

select * from final
