{#-
    What each new customer would say to another price. A view: whoever reads it
    runs the serving model, in SQL, in whatever client they are.
-#}
{{ config(materialized='view') }}

with

quotes as (

    select * from {{ ref('quotes_to_make') }}

),

offers as (

    select
        quotes.* replace (
            round(quotes.quoted_price * steps.step, 2) as quoted_price,
            round(quotes.quoted_price_to_list_price * steps.step, 6)
                as quoted_price_to_list_price
        ),
        steps.step as price_step
    from quotes
    cross join (select unnest([0.7, 0.85, 1.0, 1.15, 1.3])::double as step)
        as steps

),

scored as (

    {{ goldloop.predict(ref('quote_accepted'), '(select * from offers)') }}

),

final as (

    select
        request_id,
        price_step,
        quoted_price,
        expected_cost,
        predicted_is_accepted_probs[1].prob as probability_accepted,
        (quoted_price - expected_cost) * predicted_is_accepted_probs[1].prob
            as expected_margin
    from scored

)

select * from final
