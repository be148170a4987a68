{%- set columns = {
    'customer_id': 'varchar',
    'full_name': 'varchar',
    'email': 'varchar',
    'phone': 'varchar',
    'birth_year': 'integer',
    'city': 'varchar',
    'region': 'varchar',
    'segment': 'varchar',
    'marketing_consent': 'boolean',
    'signed_up_at': 'timestamp',
    'updated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'customers') }}

),

records as (

    {{ new_records(source('landing', 'customers'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
