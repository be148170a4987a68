{%- set columns = {
    'purchase_order_id': 'varchar',
    'line_number': 'integer',
    'supplier_id': 'varchar',
    'store_id': 'varchar',
    'product_id': 'varchar',
    'quantity': 'integer',
    'unit_cost': 'decimal(12, 2)',
    'ordered_at': 'timestamp',
    'expected_on': 'date',
    'received_at': 'timestamp',
    'status': 'varchar',
    'updated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'purchase_orders') }}

),

records as (

    {{ new_records(source('landing', 'purchase_orders'), columns, 'parquet') }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
