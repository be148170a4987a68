{%- set columns = {
    'conversation_id': 'varchar',
    'started_at': 'timestamp',
    'outcome': 'varchar',
} -%}

with

files as (

    select * from {{ source('landing', 'dialogue_panel') }}

),

texts as (

    select
        filename as _file_path,
        string_split(content, chr(10)) as lines
    from read_text({{ new_files(source('landing', 'dialogue_panel')) }})

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
        try_cast(line as json) as record,
        {%- for name in columns %}
        record ->> '{{ name }}' as {{ name }},
        {%- endfor %}
    from records
    where trim(line) != ''

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
