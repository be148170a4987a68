{%- set columns = {
    'conversation_id': 'varchar',
    'panel': 'varchar',
    'started_at': 'timestamp',
    'outcome': 'varchar',
} -%}

with

files as (

    select * from {{ source('landing', 'dialogue_panel') }}

),

parsed as (

    {{ new_json_lines(source('landing', 'dialogue_panel'), columns) }}

),

final as (

    select
        record -> 'messages' as messages,
        record -> 'order' as told_order,
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from parsed
    inner join files using (_file_path)

)

select * from final
