{#-
    How far expected costs were off, on requests that taught none of the models
    which spoke of them: live, the first quotes of earlier builds; held out, the
    requests that evaluate the serving cost model, with the damage and severity
    that models which have not learnt from them see on their photographs. A
    technician's damage would be the wrong input: nobody knows it when quoting.
-#}

with

outcomes as (

    select * from {{ ref('gold_repair_outcomes') }}
    where repair_cost is not null

),

quotes as (

    select * from {{ ref('first_quotes') }}

),

damages as (

    {{ damages_of_requests(ref('damage_out_of_fold')) }}

),

severities as (

    {{ severities_of_requests(ref('damage_out_of_fold')) }}

),

cost_model as (

    select evaluation_rows from {{ ref('repair_cost') }}
    where status = 'champion'

),

threshold as (

    select * from {{ ref('technician_threshold') }}

),

-- As the model's split has it: the latest evaluate.
evaluating as (

    select *
    from outcomes
    qualify
        row_number() over (order by requested_at desc, request_id desc)
        <= (select cost_model.evaluation_rows from cost_model)

),

as_photographed as (

    select
        evaluating.* replace (
            damages.damage_type as damage_type,
            severities.severity as severity
        ),
        damages.damage_probability < threshold.threshold as is_for_technician
    from evaluating
    inner join damages
        on evaluating.request_id = damages.request_id
    inner join severities
        on evaluating.request_id = severities.request_id
    cross join threshold

),

held_out as (

    {{ goldloop.predict(
        ref('repair_cost'),
        '(select * from as_photographed)',
        columns=['request_id', 'is_for_technician', 'repair_cost', 'requested_at']
    ) }}

),

judged as (

    select
        'held_out' as measured_on,
        request_id,
        is_for_technician,
        round(predicted_repair_cost, 2) as expected_cost,
        repair_cost,
        requested_at
    from held_out
    union all
    select
        'live' as measured_on,
        quotes.request_id,
        quotes.is_for_technician,
        quotes.expected_cost,
        outcomes.repair_cost,
        outcomes.requested_at
    from quotes
    inner join outcomes
        on quotes.request_id = outcomes.request_id

),

final as (

    select
        measured_on,
        request_id,
        is_for_technician,
        expected_cost,
        repair_cost,
        round(
            (repair_cost - expected_cost)
            / {{ price_range_scale('expected_cost') }},
            6
        ) as residual,
        requested_at
    from judged

)

select * from final
