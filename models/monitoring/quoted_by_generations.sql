{#-
    What each that saw a request would have had quoted for it, by one cost model
    for all: that of the build in `since_generation`, which had no cost of them.
    Who sees no photograph quotes the mean cost of the kind until then. Beside it
    the truth, and whether the customer has bought another device of the kind
    since.
-#}
{%- set compared = generations_compared() %}

with

seen as (

    select * from {{ ref('seen_by_generations') }}

),

outcomes as (

    select * from {{ ref('gold_repair_outcomes') }}

),

actions as (

    select * from {{ ref('repair_actions') }}

),

sales as (

    select
        sales.customer_id,
        sales.ordered_at,
        products.device_kind
    from {{ ref('sales') }} as sales
    inner join {{ ref('products') }} as products
        on sales.product_id = products.product_id
    where not sales.is_cancelled

),

replaced as (

    select distinct outcomes.request_id
    from outcomes
    inner join sales
        on
            outcomes.customer_id = sales.customer_id
            and outcomes.device_kind = sales.device_kind
            and sales.ordered_at > outcomes.requested_at
            and sales.ordered_at <= outcomes.requested_at + interval 70 days

),

requests as (

    select
        seen.since_generation,
        seen.seen_by,
        seen.generation,
        seen.damage_type as seen_damage_type,
        seen.severity as seen_severity,
        outcomes.damage_type as true_damage_type,
        outcomes.severity as true_severity,
        outcomes.* exclude (damage_type, severity),
        seen.damage_type,
        seen.severity,
        outcomes.request_id in (
            select replaced.request_id from replaced
        ) as is_replaced
    from seen
    inner join outcomes
        on seen.request_id = outcomes.request_id

),
{% for comparison in compared %}
unseen_{{ comparison.since }} as (

    select
        'nobody' as seen_by,
        null::bigint as generation,
        null::varchar as seen_damage_type,
        null::double as seen_severity,
        means.repair_cost as predicted_repair_cost,
        requests.* exclude (
            seen_by, generation, seen_damage_type, seen_severity
        )
    from requests
    inner join (
        select
            device_kind,
            avg(repair_cost) as repair_cost
        from outcomes
        where labelled_at::date <= date '{{ comparison.until }}'
        group by device_kind
    ) as means
        on requests.device_kind = means.device_kind
    where
        requests.since_generation = {{ comparison.since }}
        and requests.seen_by = 'technician'

),

requests_{{ comparison.since }} as (

    select * from requests
    where since_generation = {{ comparison.since }}

),

priced_{{ comparison.since }} as (

    {{ goldloop.predict(
        ref('repair_cost'),
        '(select * from requests_' ~ comparison.since ~ ')',
        version=comparison.cost
    ) }}

),
{% endfor %}
priced as (
    {% for comparison in compared %}
    select * from priced_{{ comparison.since }}
    union all by name
    select * from unseen_{{ comparison.since }}
    {%- if not loop.last %}
    union all by name
    {%- endif %}
    {%- endfor %}

),

final as (

    select
        since_generation,
        seen_by,
        generation,
        request_id,
        seen_damage_type,
        seen_severity,
        seen_actions.repair_needed as seen_repair_needed,
        round(predicted_repair_cost, 2) as expected_cost,
        {{ price_of('predicted_repair_cost') }} as quoted_price,
        true_damage_type,
        true_severity,
        true_actions.repair_needed as true_repair_needed,
        repair_cost,
        {{ price_of('repair_cost') }} as price_of_cost,
        is_replaced
    from priced
    asof left join actions as seen_actions
        on
            priced.seen_damage_type = seen_actions.damage_type
            and priced.seen_severity >= seen_actions.from_severity
    asof left join actions as true_actions
        on
            priced.true_damage_type = true_actions.damage_type
            and priced.true_severity >= true_actions.from_severity

)

select * from final
