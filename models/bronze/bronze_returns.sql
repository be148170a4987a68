{%- set columns = {
    'return_id': 'varchar',
    'order_id': 'varchar',
    'line_number': 'integer',
    'product_id': 'varchar',
    'quantity': 'integer',
    'reason': 'varchar',
    'refund': 'decimal(12, 2)',
    'returned_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'returns') }}

),

records as (

    {{ new_records(source('landing', 'returns'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
