{#-
    What the models of an earlier build first quoted for a request, before a
    technician had seen the device.
-#}

with

quotes as (

    select * from {{ ref('bronze_quote_predictions') }}

),

final as (

    select
        request_id,
        damage_type,
        severity,
        repair_needed,
        is_for_technician,
        expected_cost,
        cost_low,
        cost_high,
        promised_coverage,
        range_from,
        n_calibrating,
        quoted_price,
        price_low,
        price_high,
        cost_model_version,
        as_of,
        _predicted_at as quoted_at
    from quotes
    where not is_labelled
    qualify row_number() over (
        partition by request_id
        order by _predicted_at, _model_version
    ) = 1

)

select * from final
