{#-
    Made photographs of the current batch, without those that look the same as one
    of the fixed holdout: what no model may learn, it may not learn made up either.
-#}

with

of_batch as (

    {{ current_batch(ref('bronze_synthetic_photographs'), 'photographs') }}

),

made as (

    select
        * exclude (embedding),
        synthetic_id as photo_id,
        embedding::float[512] as embedding
    from of_batch

),

holdout as (

    select * from {{ ref('damage_holdout_photographs') }}

),

final as (

    {{ unlike_holdout('made', 'holdout') }}

)

select * from final
