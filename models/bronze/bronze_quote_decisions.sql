{%- set columns = {
    'request_id': 'varchar',
    'quoted_price': 'decimal(12, 2)',
    'is_accepted': 'boolean',
    'decided_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'quote_decisions') }}

),

records as (

    {{ new_records(source('landing', 'quote_decisions'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
