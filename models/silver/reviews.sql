{#- A sentence may be seen before it is rated: a later rating is invisible. -#}

with

records as (

    {{ accepted('reviews') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by review_id
        order by
            rated_at desc nulls last,
            _landed_on desc,
            _row_number desc
    ) = 1

),

rated as (

    select
        *,
        coalesce(rated_at::date <= {{ goldloop.as_of() }}, false) as is_rated
    from latest

),

final as (

    select
        review_id,
        product_id,
        sentence,
        is_rated,
        if(is_rated, rating, null) as rating,
        if(is_rated, rated_at, null) as rated_at,
        posted_at
    from rated

)

select * from final
