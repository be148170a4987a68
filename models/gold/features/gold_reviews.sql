with

reviews as (

    select * from {{ ref('reviews') }}

),

final as (

    select
        review_id,
        product_id,
        sentence,
        rating,
        is_rated,
        rated_at,
        posted_at
    from reviews

)

select * from final
