{%- set columns = {
    'store_id': 'varchar',
    'store_name': 'varchar',
    'city': 'varchar',
    'region': 'varchar',
    'channel': 'varchar',
    'opened_on': 'date',
} -%}

with

files as (

    select * from {{ source('landing', 'stores') }}

),

records as (

    {{ new_records(source('landing', 'stores'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
