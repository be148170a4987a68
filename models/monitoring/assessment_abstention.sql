{#-
    What is gained by leaving doubtful assessments to a technician, by threshold:
    on the fixed holdout (single photographs), on training requests that the
    model had not learnt from, and live, on requests that earlier builds assessed
    before a technician saw the device.
-#}

with

holdout as (

    {{ goldloop.predict(
        ref('damage_assessment'),
        ref('damage_holdout_photographs'),
        columns=['photo_id', 'damage_type']
    ) }}

),

truths as (

    select distinct
        request_id,
        damage_type
    from {{ ref('damage_out_of_fold') }}

),

out_of_fold as (

    {{ damages_of_requests(ref('damage_out_of_fold')) }}

),

first_words as (

    select *
    from {{ ref('bronze_photo_assessments') }}
    where not is_labelled
    qualify row_number() over (
        partition by photo_id
        order by _predicted_at, _model_version
    ) = 1

),

live as (

    {{ damages_of_requests('first_words') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

chosen as (

    select * from {{ ref('technician_threshold') }}

),

judged as (

    select
        'holdout' as measured_on,
        list_max(
            [p.prob for p in holdout.predicted_damage_type_probs]
        ) as probability,
        (holdout.damage_type = holdout.predicted_damage_type)::integer
            as is_correct
    from holdout
    union all
    select
        'out_of_fold' as measured_on,
        out_of_fold.damage_probability as probability,
        (out_of_fold.damage_type = truths.damage_type)::integer as is_correct
    from out_of_fold
    inner join truths
        on out_of_fold.request_id = truths.request_id
    union all
    select
        'live' as measured_on,
        live.damage_probability as probability,
        (live.damage_type = labels.damage_type)::integer as is_correct
    from live
    inner join labels
        on live.request_id = labels.request_id

),

thresholds as (

    select round(unnest(range(10)) / 10, 2) as threshold
    union
    select threshold
    from chosen

),

final as (

    select
        judged.measured_on,
        thresholds.threshold,
        thresholds.threshold = any_value(chosen.threshold) as is_in_use,
        count(*) as n_assessed,
        count(*) filter (judged.probability < thresholds.threshold)
            as n_abstained,
        round(n_abstained / n_assessed, 4) as share_abstained,
        round(avg(judged.is_correct), 4) as accuracy_of_all,
        round(
            avg(judged.is_correct) filter (
                judged.probability >= thresholds.threshold
            ),
            4
        ) as accuracy_of_kept,
        round(
            avg(judged.is_correct) filter (
                judged.probability < thresholds.threshold
            ),
            4
        ) as accuracy_of_abstained,
        round(accuracy_of_kept - accuracy_of_all, 4) as gain
    from judged
    cross join thresholds
    cross join chosen
    group by judged.measured_on, thresholds.threshold

)

select * from final
order by measured_on, threshold
