{#-
    Batches of the end of the line by their units' risks, each beside what was
    usual by then: the median share flagged of the batches before it. Until there
    are four of those, the rate that the audits of the past have found. The
    interval is Wilson's at the level of alerts.
-#}
{%- set z = var('defect_alert_z') -%}

with

units as (

    select * from {{ ref('fct_unit_defect_risk') }}
    where station = 'line_end'

),

batches as (

    select
        batch_id,
        any_value(product_id) as product_id,
        count(*) as n_units,
        count(*) filter (where is_flagged) as n_flagged,
        sum(risk) as expected_defects,
        mode(predicted_defect order by predicted_defect) filter (
            where is_flagged
        ) as main_defect,
        max(model_version) as model_version,
        max(predicted_at) as predicted_at,
        min(inspected_at) as first_inspected_at,
        max(inspected_at) as last_inspected_at
    from units
    group by batch_id

),

shares as (

    select
        *,
        n_flagged / n_units as share_flagged
    from batches

),

compared as (

    select
        *,
        median(share_flagged) over earlier as median_before,
        count(*) over earlier as n_before
    from shares
    window earlier as (
        order by last_inspected_at, batch_id
        rows between unbounded preceding and 1 preceding
    )

),

final as (

    select
        batch_id,
        product_id,
        n_units,
        n_flagged,
        round(expected_defects, 3)::double as expected_defects,
        round(share_flagged, 4)::double as share_flagged,
        round({{ wilson_bound('share_flagged', 'n_units', z, '-') }}, 4)::double
            as share_low,
        round({{ wilson_bound('share_flagged', 'n_units', z, '+') }}, 4)::double
            as share_high,
        round(
            if(n_before >= 4, median_before, {{ var('usual_defect_rate') }}),
            4
        )::double as usual_share,
        main_defect,
        model_version,
        predicted_at,
        first_inspected_at,
        last_inspected_at
    from compared

)

select * from final
