{%- set columns = {
    'product_id': 'varchar',
    'product_name': 'varchar',
    'device_kind': 'varchar',
    'brand': 'varchar',
    'list_price': 'decimal(12, 2)',
    'unit_cost': 'decimal(12, 2)',
    'launched_on': 'date',
    'updated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'products') }}

),

records as (

    {{ new_records(source('landing', 'products'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
