{%- set columns = {
    'chat_id': 'varchar',
    'request_id': 'varchar',
    'customer_id': 'varchar',
    'started_at': 'timestamp',
} -%}

with

files as (

    select * from {{ source('landing', 'repair_chats') }}

),

parsed as (

    {{ new_json_lines(source('landing', 'repair_chats'), columns) }}

),

final as (

    select
        line,
        record -> 'messages' as messages,
        record is null as is_malformed,
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from parsed
    inner join files using (_file_path)

)

select * from final
