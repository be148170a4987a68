{%- set columns = {
    'counted_on': 'date',
    'store_id': 'varchar',
    'product_id': 'varchar',
    'on_hand': 'integer',
    'on_order': 'integer',
} -%}

with

files as (

    select * from {{ source('landing', 'inventory') }}

),

records as (

    {{ new_records(source('landing', 'inventory'), columns, 'parquet') }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
