-- No unit of the factory's holdout is learned from, nor one of its batches.

with

training as (

    select * from {{ ref('factory_training_photographs') }}

),

holdout as (

    select * from {{ ref('factory_holdout_photographs') }}

),

final as (

    select training.photo_id
    from training
    inner join holdout
        on
            training.device_id = holdout.unit_id
            or training.batch_id = holdout.batch_id
            or training.sha256 = holdout.sha256

)

select * from final
