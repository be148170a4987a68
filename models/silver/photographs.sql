with

listed as (

    {{ accepted('photo_manifest') }}

),

files as (

    {{ accepted('photographs') }}

),

spellings as (

    select * from {{ ref('device_kind_spellings') }}

),

latest_listed as (

    select *
    from listed
    qualify row_number() over (
        partition by photo_id
        order by taken_at desc, _landed_on desc, _row_number desc
    ) = 1

),

latest_files as (

    select * exclude (content)
    from files
    qualify row_number() over (
        partition by photo_id
        order by _landed_on desc, _file_name desc
    ) = 1

),

final as (

    select
        latest_listed.photo_id,
        latest_listed.source,
        latest_listed.request_id,
        latest_listed.unit_id,
        coalesce(spellings.device_kind, 'unknown') as device_kind,
        latest_files._file_name as file_name,
        latest_files.sha256,
        latest_files.size_bytes,
        latest_files.photo_id is not null as is_readable,
        latest_listed.taken_at
    from latest_listed
    left join latest_files
        on latest_listed.photo_id = latest_files.photo_id
    left join spellings
        on lower(trim(latest_listed.device_kind)) = spellings.spelling

)

select * from final
