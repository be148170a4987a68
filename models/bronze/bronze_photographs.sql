with

files as (

    select * from {{ source('landing', 'photographs') }}

),

records as (

    select
        filename as _file_path,
        1 as _row_number,
        content
    from read_blob({{ new_files(source('landing', 'photographs')) }})

),

final as (

    select
        parse_filename(_file_path, true) as photo_id,
        split_part(_file_name, '/', 2) as source,
        content,
        octet_length(content) as size_bytes,
        sha256(content) as sha256,
        -- What a PNG begins and ends with; a transfer cut short lacks its end.
        content[1:8] = '\x89PNG\x0D\x0A\x1A\x0A'::blob as has_png_signature,
        content[-12:] = '\x00\x00\x00\x00IEND\xAE\x42\x60\x82'::blob
            as has_png_end,
        {{ landing_provenance() }}
    from records
    inner join files using (_file_path)

)

select * from final
