{#-
    What a better vision model is worth downstream: to the quote, to its range,
    and to a rule that offers a new device to the fifth of the requests whose
    device looks worst, which is a trial on paper and not ml.product_recommender.
    Each comparison is on the same requests; what is saved is against the
    generation before any of their labels was fed back.
-#}
{%- set level = '(1 + ' ~ var('price_range_coverage') ~ ') / 2' %}

with

quoted as (

    select
        *,
        abs(quoted_price - price_of_cost) as quote_error,
        {{ price_range_scale('expected_cost') }} as scale,
        (repair_cost - expected_cost) / scale as residual,
        md5(request_id) < '8' as is_of_first_half
    from {{ ref('quoted_by_generations') }}

),

before_feedback as (

    select * from quoted
    where seen_by = 'generation ' || since_generation

),

-- The same range for all: calibrated, on the other half, before the feedback.
ranges as (

    select
        since_generation,
        not is_of_first_half as is_of_first_half,
        {{ conformal_side('-residual', level) }} as below,
        {{ conformal_side('residual', level) }} as above
    from before_feedback
    group by since_generation, is_of_first_half

),

ranked as (

    select
        quoted.*,
        quoted.residual between -ranges.below and ranges.above as is_in_range,
        before_feedback.quote_error - quoted.quote_error as saved,
        (quoted.seen_damage_type = quoted.true_damage_type)::integer as is_seen,
        is_seen - (
            before_feedback.seen_damage_type = before_feedback.true_damage_type
        )::integer as gained,
        quoted.seen_severity is not null and row_number() over (
            partition by quoted.since_generation, quoted.seen_by
            order by quoted.seen_severity desc, quoted.request_id
        ) * 5 <= count(*) over (
            partition by quoted.since_generation, quoted.seen_by
        ) as is_offered
    from quoted
    inner join before_feedback
        on
            quoted.since_generation = before_feedback.since_generation
            and quoted.request_id = before_feedback.request_id
    left join ranges
        on
            quoted.since_generation = ranges.since_generation
            and quoted.is_of_first_half = ranges.is_of_first_half

),

counted as (

    select
        since_generation,
        seen_by,
        generation,
        count(*) as n_requests,
        avg(is_seen) as accuracy,
        avg(gained) as gain,
        1.96 * stddev_samp(gained) / sqrt(count(*)) as gain_margin,
        avg((seen_repair_needed = true_repair_needed)::integer)
            as share_of_repairs,
        avg(abs(seen_severity - true_severity)) as severity_error,
        avg(quote_error) as mean_quote_error,
        avg(saved) as mean_saved,
        1.96 * stddev_samp(saved) / sqrt(count(*)) as saved_margin,
        avg(is_in_range::integer) as share_in_range,
        count(*) filter (is_offered) as n_replacement_offers,
        count(*) filter (is_offered and is_replaced) as n_replacement_hits,
        n_replacement_hits / nullif(n_replacement_offers, 0)
            as replacement_hit_rate,
        avg(is_replaced::integer) as replacement_rate_of_all
    from ranked
    group by since_generation, seen_by, generation

),

final as (

    select
        since_generation,
        seen_by,
        generation,
        n_requests,
        round(accuracy, 4) as damage_accuracy,
        round(gain, 4) as accuracy_gained,
        round(gain - gain_margin, 4) as accuracy_gained_low,
        round(gain + gain_margin, 4) as accuracy_gained_high,
        round(severity_error, 4) as severity_error,
        round(share_of_repairs, 4) as repair_accuracy,
        round(mean_quote_error, 2) as quote_error,
        round(mean_saved, 2) as quote_error_saved,
        round(mean_saved - saved_margin, 2) as quote_error_saved_low,
        round(mean_saved + saved_margin, 2) as quote_error_saved_high,
        round(share_in_range, 4) as share_in_range,
        n_replacement_offers,
        n_replacement_hits,
        round(replacement_hit_rate, 4) as replacement_hit_rate,
        {{ wilson_interval('replacement_hit_rate', 'n_replacement_offers') }},
        round(replacement_rate_of_all, 4) as replacement_rate_of_all
    from counted

)

select * from final
order by since_generation, generation, seen_by
