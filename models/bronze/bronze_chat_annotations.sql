{%- set columns = {
    'chat_id': 'varchar',
    'message_number': 'integer',
    'intent': 'varchar',
    'reason': 'varchar',
    'annotator': 'varchar',
    'annotated_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'chat_annotations') }}

),

parsed as (

    {{ new_json_lines(source('landing', 'chat_annotations'), columns) }}

),

final as (

    select
        record -> 'slots' as slots,
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from parsed
    inner join files using (_file_path)

)

select * from final
