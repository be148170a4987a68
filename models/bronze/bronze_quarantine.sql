with

records as (

    select * from {{ ref('unparsable_values') }}
    union all
    select * from {{ ref('missing_values') }}
    union all
    select * from {{ ref('unknown_keys') }}
    union all
    select * from {{ ref('impossible_values') }}
    union all
    select * from {{ ref('broken_photographs') }}
    union all
    select * from {{ ref('misdated_files') }}

),

final as (

    select
        concat_ws(':', file_name, row_number, reason, column_name)
            as quarantine_id,
        *
    from records

)

select * from final
