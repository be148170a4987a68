{%- set columns = {
    'photo_id': 'varchar',
    'file_name': 'varchar',
    'source': 'varchar',
    'request_id': 'varchar',
    'unit_id': 'varchar',
    'device_kind': 'varchar',
    'taken_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'photo_manifest') }}

),

records as (

    {{ new_records(source('landing', 'photo_manifest'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
