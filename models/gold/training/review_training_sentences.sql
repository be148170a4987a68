{#- A whole review is held out or not: its sentences praise or blame together. -#}

with

reviews as (

    select * from {{ ref('gold_reviews') }}

),

final as (

    select
        review_id,
        sentence,
        rating::double as rating,
        md5_number_lower(product_id || posted_at::varchar) % 5 = 0
            as is_held_out
    from reviews
    where is_rated

)

select * from final
