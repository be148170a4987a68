{%- set columns = {
    'request_id': 'varchar',
    'technician_id': 'varchar',
    'damage_type': 'varchar',
    'severity': 'double',
    'repair_cost': 'decimal(12, 2)',
    'is_repaired': 'boolean',
    'completed_at': 'timestamp',
    'updated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'repair_outcomes') }}

),

records as (

    {{ new_records(source('landing', 'repair_outcomes'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
