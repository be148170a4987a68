with

sentiments as (

    {{ goldloop.latest_inferences(ref('bronze_review_sentiments'), 'review_id') }}

),

reviews as (

    select * from {{ ref('gold_reviews') }}

),

final as (

    select
        reviews.product_id,
        count(*) as n_sentences,
        round(avg(coalesce(reviews.rating, sentiments.predicted_rating)), 4)
            as mean_rating,
        round(avg(reviews.rating), 4) as mean_human_rating,
        count(*) filter (reviews.rating is null) as n_inferred
    from reviews
    inner join sentiments
        on reviews.review_id = sentiments.review_id
    group by reviews.product_id

)

select * from final
