{#-
    The detector learned where three in four units are damaged. At the end of the
    line few are, so there its probability is put right for the usual rate there
    (Bayes' rule with another prior: Elkan 2001); a unit set aside is judged as
    it is. Flagged is what is more probably defective than sound.
-#}

with

assessments as (

    select *
    from {{ ref('factory_assessments') }}
    qualify row_number() over (
        partition by photo_id
        order by _model_version desc, _predicted_at desc
    ) = 1

),

labels as (

    select * from {{ ref('factory_labels') }}

),

training as (

    select avg((damage_type != 'none')::integer) as share_damaged
    from {{ ref('factory_training_photographs') }}

),

probabilities as (

    select
        assessments.*,
        1 - list_sum(
            [
                p.prob for p in assessments.predicted_damage_type_probs
                if p.label = 'none'
            ]
        ) as probability,
        list_max(
            [
                struct_pack(prob := p.prob, label := p.label)
                for p in assessments.predicted_damage_type_probs
                if p.label != 'none'
            ]
        ).label as likeliest_damage
    from assessments

),

odds as (

    select
        probabilities.*,
        if(
            probabilities.station = 'line_end',
            {{ var('usual_defect_rate') }} / (1 - {{ var('usual_defect_rate') }})
            * (1 - training.share_damaged) / training.share_damaged,
            1
        ) as prior_odds
    from probabilities
    cross join training

),

risks as (

    select
        *,
        probability * prior_odds
        / (probability * prior_odds + 1 - probability) as risk
    from odds

),

final as (

    select
        risks.unit_id,
        risks.photo_id,
        risks.batch_id,
        risks.product_id,
        risks.device_kind,
        risks.station,
        round(risks.probability, 6)::double as probability_as_learned,
        round(risks.risk, 6)::double as risk,
        risks.risk > 0.5 as is_flagged,
        if(risks.risk > 0.5, risks.likeliest_damage, 'none') as predicted_defect,
        labels.damage_type as inspector_label,
        labels.labelled_at,
        risks.is_labelled as was_labelled,
        risks.is_holdout,
        risks.inspected_at,
        risks._model as model,
        risks._model_version as model_version,
        risks._predicted_at as predicted_at
    from risks
    left join labels
        on risks.unit_id = labels.unit_id

)

select * from final
