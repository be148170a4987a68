with

photographs as (

    select * from {{ ref('photographs') }}

),

final as (

    select
        photo_id,
        source,
        request_id,
        unit_id,
        device_kind,
        file_name,
        sha256,
        taken_at
    from photographs
    where is_readable

)

select * from final
