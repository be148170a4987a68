{#-
    Do ranges keep what they promised? Quotes of earlier builds whose repair has
    been judged since: how often its cost was in the range that was quoted, by
    what the range was calibrated on and whether a technician was to look first.
-#}

with

quotes as (

    select * from {{ ref('first_quotes') }}

),

outcomes as (

    select * from {{ ref('gold_repair_outcomes') }}
    where repair_cost is not null

),

judged as (

    select
        quotes.range_from,
        if(quotes.is_for_technician, 'for_technician', 'answered') as kind,
        quotes.promised_coverage,
        quotes.n_calibrating,
        quotes.cost_high - quotes.cost_low as width,
        abs(outcomes.repair_cost - quotes.expected_cost) as cost_error,
        outcomes.repair_cost < quotes.cost_low as is_below,
        outcomes.repair_cost > quotes.cost_high as is_above
    from quotes
    inner join outcomes
        on quotes.request_id = outcomes.request_id

),

counted as (

    select
        coalesce(range_from, 'all') as range_from,
        coalesce(kind, 'all') as kind,
        promised_coverage,
        count(*) as n_quotes,
        min(n_calibrating) as n_calibrating,
        avg((not is_below and not is_above)::integer) as coverage,
        avg(is_below::integer) as share_below,
        avg(is_above::integer) as share_above,
        avg(width) as mean_width,
        median(width) as median_width,
        avg(cost_error) as mean_cost_error
    from judged
    group by grouping sets (
        (range_from, kind, promised_coverage),
        (range_from, promised_coverage),
        (kind, promised_coverage),
        (promised_coverage)
    )

),

final as (

    select
        range_from,
        kind,
        promised_coverage,
        n_quotes,
        n_calibrating,
        round(coverage, 4) as coverage,
        {{ wilson_interval('coverage', 'n_quotes') }},
        round(share_below, 4) as share_below,
        round(share_above, 4) as share_above,
        round(mean_width, 2) as mean_width,
        round(median_width, 2) as median_width,
        round(mean_cost_error, 2) as mean_cost_error
    from counted

)

select * from final
order by range_from, kind
