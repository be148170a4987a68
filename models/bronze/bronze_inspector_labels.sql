{%- set columns = {
    'unit_id': 'varchar',
    'damage_type': 'varchar',
    'inspector_id': 'varchar',
    'labelled_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'inspector_labels') }}

),

records as (

    {{ new_records(source('landing', 'inspector_labels'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
