{%- set columns = {
    'order_id': 'varchar',
    'line_number': 'integer',
    'customer_id': 'varchar',
    'store_id': 'varchar',
    'product_id': 'varchar',
    'quantity': 'integer',
    'unit_price': 'decimal(12, 2)',
    'discount': 'decimal(5, 4)',
    'status': 'varchar',
    'ordered_at': 'timestamp',
    'updated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'sales') }}

),

records as (

    {{ new_records(source('landing', 'sales'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
