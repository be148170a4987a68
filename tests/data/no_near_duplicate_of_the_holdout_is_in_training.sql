-- Neither the bytes nor the look of a test photograph may be trained on.
select
    training.photo_id,
    training.holdout_similarity
from {{ ref('damage_training_photographs') }} as training
left join {{ ref('damage_holdout_photographs') }} as holdout
    on training.sha256 = holdout.sha256
where
    holdout.sha256 is not null
    or training.holdout_similarity > {{ var('near_duplicate_similarity') }}
