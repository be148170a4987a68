{%- set columns = {
    'unit_id': 'varchar',
    'damage_type': 'varchar',
    'severity': 'double',
} -%}

with

files as (

    select * from {{ source('landing', 'factory_holdout_labels') }}

),

records as (

    {{ new_records(source('landing', 'factory_holdout_labels'), columns) }}

),

final as (

    select
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
