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

texts as (

    select
        filename as _file_path,
        string_split(content, chr(10)) as lines
    from read_text({{ new_files(source('landing', 'repair_chats')) }})

),

records as (

    select
        _file_path,
        generate_subscripts(lines, 1) as _row_number,
        unnest(lines) as line
    from texts

),

parsed as (

    select
        *,
        try_cast(line as json) as chat,
        {%- for name in columns %}
        chat ->> '{{ name }}' as {{ name }},
        {%- endfor %}
    from records
    where trim(line) != ''

),

final as (

    select
        line,
        chat -> 'messages' as messages,
        chat is null as is_malformed,
        {{ typed(columns) }},
        {{ landing_provenance() }}
    from parsed
    inner join files using (_file_path)

)

select * from final
