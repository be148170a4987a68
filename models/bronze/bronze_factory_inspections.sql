{%- set columns = {
    'unit_id': 'varchar',
    'product_id': 'varchar',
    'batch_id': 'varchar',
    'inspected_at': 'timestamp',
    'inspector_label': 'varchar',
    'station': 'varchar',
} -%}

with

files as (

    select * from {{ source('landing', 'factory_inspections') }}

),

records as (

    {{ new_records(source('landing', 'factory_inspections'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
