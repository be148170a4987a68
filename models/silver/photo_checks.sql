with

records as (

    {{ accepted('photo_checks') }}

),

final as (

    select
        photo_id,
        in_view,
        checked_by,
        'human_confirmed' as label_source,
        checked_at as labelled_at
    from records
    qualify row_number() over (
        partition by photo_id
        order by checked_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
