{#-
    The quantiles of errors that make an expected cost a range (split conformal
    prediction, each side apart). Live quotes calibrate as soon as there are
    enough, and what the damage model doubts is calibrated by itself where that
    has enough quotes to keep the promise.
-#}
{%- set level = '(1 + ' ~ var('price_range_coverage') ~ ') / 2' %}

with

residuals as (

    select * from {{ ref('price_range_residuals') }}

),

source as (

    select
        if(
            count(*) filter (measured_on = 'live')
            >= {{ var('price_range_live_quotes') }},
            'live',
            'held_out'
        ) as range_from
    from residuals

),

calibrating as (

    select residuals.*
    from residuals
    inner join source
        on residuals.measured_on = source.range_from

),

kinds as (

    select unnest([false, true]) as is_for_technician

),

counted as (

    select
        kinds.is_for_technician,
        count(calibrating.request_id) as n_own
    from kinds
    left join calibrating
        on kinds.is_for_technician = calibrating.is_for_technician
    group by kinds.is_for_technician

),

pooled as (

    select
        is_for_technician,
        n_own < {{ var('price_range_group_quotes') }}
        or ceil(round((n_own + 1) * {{ level }}, 9)) > n_own as is_pooled
    from counted

),

quantiles as (

    select
        pooled.is_for_technician,
        pooled.is_pooled,
        count(*) as n_calibrating,
        -- A range holds the expected cost, were the models ever so biased.
        {{ conformal_side('-calibrating.residual', level) }} as below,
        {{ conformal_side('calibrating.residual', level) }} as above
    from pooled
    inner join calibrating
        on
            pooled.is_pooled
            or pooled.is_for_technician = calibrating.is_for_technician
    group by pooled.is_for_technician, pooled.is_pooled

),

final as (

    select
        quantiles.is_for_technician,
        source.range_from,
        quantiles.is_pooled,
        quantiles.n_calibrating,
        {{ var('price_range_coverage') }}::double as promised_coverage,
        quantiles.below,
        quantiles.above
    from quantiles
    cross join source

)

select * from final
