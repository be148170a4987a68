with

checked as (

    select * from {{ ref('synthetic_repairs_checked') }}

),

final as (

    select * exclude (broken_rules)
    from checked
    where len(broken_rules) = 0

)

select * from final
