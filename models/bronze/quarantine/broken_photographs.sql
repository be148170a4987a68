with

photographs as (

    select * from {{ ref('bronze_photographs') }}

),

manifest as (

    select * from {{ ref('bronze_photo_manifest') }}

),

judged as (

    select
        photographs.* exclude (content),
        not has_png_signature or not has_png_end as is_unreadable,
        manifest.photo_id is null as is_unlisted
    from photographs
    left join (select distinct photo_id from manifest) as manifest
        on photographs.photo_id = manifest.photo_id

),

unusable as (

    select
        'photographs' as feed,
        _file_name as file_name,
        _row_number as row_number,
        unnest(list_filter(
            [
                if(is_unreadable, 'unreadable_image', null),
                if(is_unlisted, 'unlisted_image', null)
            ],
            lambda reason: reason is not null
        )) as reason,
        null::varchar as column_name,
        to_json(
            {
                'photo_id': photo_id,
                'source': source,
                'size_bytes': size_bytes,
                'sha256': sha256
            }
        ) as record,
        _loaded_at as detected_at
    from judged

),

missing as (

    {{ quarantined('photo_manifest', "'missing_image'", "'photo_id'") }}
    where bronze.photo_id not in (select photo_id from photographs)

),

final as (

    select * from unusable
    union all
    select * from missing

)

select * from final
