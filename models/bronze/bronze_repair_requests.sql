{%- set columns = {
    'request_id': 'varchar',
    'customer_id': 'varchar',
    'product_id': 'varchar',
    'store_id': 'varchar',
    'device_age_days': 'integer',
    'is_under_warranty': 'boolean',
    'description': 'varchar',
    'channel': 'varchar',
    'requested_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'repair_requests') }}

),

records as (

    {{ new_records(source('landing', 'repair_requests'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
