{%- set columns = {
    'review_id': 'varchar',
    'product_id': 'varchar',
    'sentence': 'varchar',
    'rating': 'double',
    'rated_at': 'timestamp',
    'posted_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'reviews') }}

),

records as (

    {{ new_records(source('landing', 'reviews'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
