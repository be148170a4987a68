{#-
    The quote: the expected cost with the shop's margin, in steps of five euros,
    and the range that is to hold the cost as often as promised.
-#}
{{ config(materialized='view') }}

with

estimates as (

    {{ goldloop.latest_inferences(ref('repair_estimates'), 'request_id') }}

),

calibration as (

    select * from {{ ref('price_range_calibration') }}

),

ranged as (

    select
        estimates.*,
        round(estimates.predicted_repair_cost, 2) as expected_cost,
        estimates.predicted_repair_cost
        - calibration.below
        * {{ price_range_scale('estimates.predicted_repair_cost') }} as lowest,
        -- No repair costs less than nothing; where there is no range, no end of it.
        round(
            {{ no_less('lowest', 'least(estimates.predicted_repair_cost, 0)') }}, 2
        ) as cost_low,
        round(
            estimates.predicted_repair_cost
            + calibration.above
            * {{ price_range_scale('estimates.predicted_repair_cost') }},
            2
        ) as cost_high,
        calibration.promised_coverage,
        calibration.range_from,
        calibration.n_calibrating,
        {{ price_of('estimates.predicted_repair_cost') }} as quoted_price
    from estimates
    left join calibration
        on estimates.is_for_technician = calibration.is_for_technician

),

final as (

    select
        request_id,
        device_kind,
        segment,
        channel,
        device_age_days,
        is_under_warranty,
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
        {{ price_of('cost_low') }} as price_low,
        {{ price_of('cost_high') }} as price_high,
        round(quoted_price / list_price, 6) as quoted_price_to_list_price,
        _model_version as cost_model_version,
        is_labelled,
        requested_at,
        as_of
    from ranged

)

select * from final
