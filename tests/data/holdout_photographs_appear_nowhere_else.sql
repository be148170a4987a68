-- Accuracy on the holdout means nothing once an image of it is trained on.

with

photographs as (

    select * from {{ ref('gold_photographs') }}

)

select
    holdout.photo_id,
    other.photo_id as same_image_as
from photographs as holdout
inner join photographs as other
    on holdout.sha256 = other.sha256
where
    holdout.source = 'holdout'
    and other.source != 'holdout'
