{#- The quote: the expected cost with the shop's margin, in steps of five euros. -#}
{{ config(materialized='view') }}

with

estimates as (

    {{ goldloop.latest_inferences(ref('repair_estimates'), 'request_id') }}

),

priced as (

    select
        *,
        5 * ceil(
            greatest(predicted_repair_cost, 0) * {{ var('quote_margin') }} / 5
        ) as quoted_price
    from estimates

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
        is_for_technician,
        round(predicted_repair_cost, 2) as expected_cost,
        quoted_price,
        round(quoted_price / list_price, 6) as quoted_price_to_list_price,
        is_labelled,
        requested_at,
        as_of
    from priced

)

select * from final
