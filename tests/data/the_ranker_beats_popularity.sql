{#-
    Nothing is gained by a ranker that is no better than what everybody buys: on those
    who bought before, its recall is to be above beyond both bootstrap intervals. It
    fails too where a candidate is missing.
-#}

with

recalls as (

    select
        max(recall_high) filter (candidate = 'popularity') as of_popularity,
        max(recall_low) filter (candidate = 'ranker') as of_ranker
    from {{ ref('recommender_comparison') }}
    where customers = 'bought before'

)

select *
from recalls
where not coalesce(of_ranker > of_popularity, false)
