with

files as (

    select * from {{ ref('bronze_files') }}

),

final as (

    select
        feed,
        file_name,
        null::bigint as row_number,
        if(is_future_dated, 'future_dated_file', 'undated_file') as reason,
        null::varchar as column_name,
        to_json(files) as record,
        timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            as detected_at
    from files
    where
        is_future_dated
        or landed_on is null

)

select * from final
