{%- set columns = {
    'batch_id': 'varchar',
    'n_units': 'integer',
    'n_defective': 'integer',
    'audited_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'batch_audits') }}

),

records as (

    {{ new_records(source('landing', 'batch_audits'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
