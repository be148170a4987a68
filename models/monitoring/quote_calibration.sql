{#-
    Do quotes that earlier builds called probable get accepted more often? The
    first word on each request counts, and only where the customer had not yet
    answered: known answers taught the model.
-#}

with

predictions as (

    select *
    from {{ ref('bronze_quote_predictions') }}
    qualify row_number() over (
        partition by request_id
        order by _predicted_at, _model_version
    ) = 1

),

decisions as (

    select * from {{ ref('quote_decisions') }}

),

judged as (

    select
        predictions.request_id,
        predictions.predicted_is_accepted_probs[1].prob as probability,
        decisions.is_accepted
    from predictions
    inner join decisions
        on predictions.request_id = decisions.request_id
    where decisions.decided_at::date > predictions.as_of

),

final as (

    select
        least(floor(probability * 5), 4)::integer as probability_fifth,
        count(*) as n_quotes,
        round(avg(probability), 4) as mean_probability,
        round(avg(is_accepted::integer), 4) as share_accepted
    from judged
    group by probability_fifth

)

select * from final
order by probability_fifth
