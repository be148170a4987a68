{#- What abstaining would cost and gain, on each panel's wordings, by threshold. -#}

with

judged as (

    select
        labels.panel,
        states.intent_probability,
        labels.intent = states.intent as is_right
    from {{ ref('intent_holdout_messages') }} as labels
    inner join {{ ref('dialogue_states') }} as states
        on labels.message_id = states.message_id

),

thresholds as (

    select unnest([0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9])::double as threshold

),

final as (

    select
        judged.panel,
        thresholds.threshold,
        thresholds.threshold = {{ var('dialogue_unsure_below') }} as is_in_use,
        count(*) as n_messages,
        round(avg((intent_probability < threshold)::integer), 4)
            as share_abstained,
        round(
            avg(is_right::integer) filter (intent_probability >= threshold), 4
        ) as accuracy_kept,
        round(
            avg(is_right::integer) filter (intent_probability < threshold), 4
        ) as accuracy_abstained
    from judged
    cross join thresholds
    group by judged.panel, thresholds.threshold

)

select * from final
order by panel, threshold
