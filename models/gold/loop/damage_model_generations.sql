{#-
    The loop at work: each version of the damage model was trained on the labels
    confirmed so far and measured on the same holdout; how often it was right on
    photographs that nobody had judged yet comes back from its own inferences.
-#}

with

versions as (

    select * from {{ ref('damage_assessment') }}

),

assessments as (

    select * from {{ ref('fct_photo_assessments') }}

),

live as (

    select
        model_version,
        count(*) as n_live,
        avg(is_correct::integer) as live_accuracy
    from assessments
    where not was_labelled and is_correct is not null
    group by model_version

),

final as (

    select
        versions.version::bigint as generation,
        versions.status,
        (versions.lineage ->> 'labelled_until')::date as labelled_until,
        versions.training_rows,
        versions.evaluation_rows as n_holdout,
        round((versions.metrics ->> 'accuracy')::double, 4) as holdout_accuracy,
        round((versions.metrics ->> 'log_loss')::double, 4) as holdout_log_loss,
        round(
            (versions.metrics ->> 'accuracy')::double
            - lag((versions.metrics ->> 'accuracy')::double)
                over (order by versions.version),
            4
        ) as gain,
        coalesce(live.n_live, 0)::bigint as n_live,
        round(live.live_accuracy, 4) as live_accuracy,
        versions.trained_at
    from versions
    left join live
        on versions.version = live.model_version

)

select * from final
order by generation
