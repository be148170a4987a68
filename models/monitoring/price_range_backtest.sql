{#-
    Other ranges on the same quotes: one half of the live quotes calibrates, the
    other is measured. Scaled by the expected cost or by nothing, by kind or
    pooled, halves by time (what serving is like) or at random (what conformal
    prediction promises something for).
-#}
{%- set level = '(1 + ' ~ var('price_range_coverage') ~ ') / 2' %}

with

residuals as (

    select
        request_id,
        is_for_technician,
        expected_cost,
        repair_cost,
        row_number() over (order by requested_at, request_id) * 2
        <= count(*) over () as is_earlier,
        row_number() over (order by md5(request_id)) * 2
        <= count(*) over () as is_of_first_half
    from {{ ref('price_range_residuals') }}
    where measured_on = 'live'

),

methods as (

    select
        is_scaled,
        is_by_kind
    from (select unnest([false, true]) as is_scaled) as scaled
    cross join (select unnest([false, true]) as is_by_kind) as kinds

),

rows_of_methods as (

    select
        residuals.*,
        methods.*,
        splits.split,
        if(splits.split = 'by time', is_earlier, is_of_first_half)
            as is_calibrating,
        methods.is_by_kind and residuals.is_for_technician as kind,
        if(
            methods.is_scaled,
            {{ price_range_scale('residuals.expected_cost') }},
            1
        ) as scale,
        (residuals.repair_cost - residuals.expected_cost) / scale as residual
    from residuals
    cross join methods
    cross join (select unnest(['by time', 'at random']) as split) as splits

),

quantiles as (

    select
        split,
        is_scaled,
        is_by_kind,
        kind,
        {{ conformal_side('-residual', level) }} as below,
        {{ conformal_side('residual', level) }} as above
    from rows_of_methods
    where is_calibrating
    group by split, is_scaled, is_by_kind, kind

),

ranged as (

    select
        measured.split,
        measured.is_scaled,
        measured.is_by_kind,
        measured.is_for_technician,
        measured.residual
        between -quantiles.below and quantiles.above as is_in_range,
        least(
            measured.expected_cost, quantiles.below * measured.scale
        ) + quantiles.above * measured.scale as width
    from rows_of_methods as measured
    inner join quantiles
        on
            measured.split = quantiles.split
            and measured.is_scaled = quantiles.is_scaled
            and measured.is_by_kind = quantiles.is_by_kind
            and measured.kind = quantiles.kind
    where not measured.is_calibrating

),

counted as (

    select
        split,
        is_scaled,
        is_by_kind,
        count(*) as n_quotes,
        avg(is_in_range::integer) as coverage,
        avg(is_in_range::integer) filter (is_for_technician)
            as coverage_for_technician,
        avg(width) as mean_width
    from ranged
    group by split, is_scaled, is_by_kind

),

final as (

    select
        split,
        is_scaled,
        is_by_kind,
        {{ var('price_range_coverage') }}::double as promised_coverage,
        n_quotes,
        round(coverage, 4) as coverage,
        {{ wilson_interval('coverage', 'n_quotes') }},
        round(coverage_for_technician, 4) as coverage_for_technician,
        round(mean_width, 2) as mean_width
    from counted

)

select * from final
order by split, is_scaled, is_by_kind
