{%- set columns = {
    'photo_id': 'varchar',
    'in_view': 'varchar',
    'checked_by': 'varchar',
    'checked_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'photo_checks') }}

),

records as (

    {{ new_records(source('landing', 'photo_checks'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
