{#-
    Below which probability an assessment goes to a technician: the least one
    above which the damage model was right often enough on requests that it had
    not learnt from. The variable technician_below_probability overrules it; with
    too few requests to tell, a technician sees them all.
-#}
{%- set given = var('technician_below_probability') %}

with

assessed as (

    {{ damages_of_requests(ref('damage_out_of_fold')) }}

),

truths as (

    select distinct
        request_id,
        damage_type
    from {{ ref('damage_out_of_fold') }}

),

judged as (

    select
        assessed.damage_probability,
        (assessed.damage_type = truths.damage_type)::integer as is_correct
    from assessed
    inner join truths
        on assessed.request_id = truths.request_id

),

thresholds as (

    select round(unnest(range(100)) / 100, 2) as threshold

),

measured as (

    select
        thresholds.threshold,
        count(*) as n_kept,
        avg(judged.is_correct) as accuracy
    from thresholds
    inner join judged
        on thresholds.threshold <= judged.damage_probability
    group by thresholds.threshold

),

chosen as (

    select min(threshold) as threshold
    from measured
    where
        accuracy >= {{ var('assessment_target_accuracy') }}
        and n_kept >= 30

),

final as (

    select
        coalesce(
            {{ 'null' if given is none else given }}::double,
            chosen.threshold,
            1
        )::double as threshold,
        {{ var('assessment_target_accuracy') }}::double as target_accuracy,
        round(measured.accuracy, 4) as out_of_fold_accuracy,
        measured.n_kept as n_requests_kept,
        (select count(*) from judged) as n_requests
    from chosen
    left join measured
        on chosen.threshold = measured.threshold

)

select * from final
