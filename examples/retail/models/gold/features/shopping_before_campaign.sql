-- How a recipient shopped up to the day before the campaign started.
with

responses as (

    select * from {{ ref('fct_campaign_responses') }}

),

sales as (

    select * from {{ ref('fct_sales') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

history as (

    select min(sold_on) as begins_on from sales

),

windows as (

    select
        responses.recipient_id,
        responses.household_id,
        responses.started_on,
        greatest(
            0,
            least(
                {{ var('shopping_window_days') }},
                date_diff('day', history.begins_on, responses.started_on)
            )
        ) as history_days
    from responses
    cross join history

),

bought as (

    select
        windows.*,
        sales.* exclude (household_id),
        products.department,
        products.is_private_brand,
        date_diff('day', sales.sold_on, windows.started_on) as days_before
    from windows
    inner join sales
        on
            windows.household_id = sales.household_id
            and sales.sold_on < windows.started_on
            and sales.sold_on
            >= windows.started_on - windows.history_days::integer
    inner join products
        on sales.product_id = products.product_id

),

aggregated as (

    select
        recipient_id,
        sum(sales_amount)::double as spend,
        count(distinct basket_id) as visits,
        coalesce(sum(sales_amount) filter (days_before <= 28), 0)::double
            as spend_28_days,
        count(distinct basket_id) filter (days_before <= 28) as visits_28_days,
        min(days_before) as days_since_visit,
        sum(loyalty_discount)::double / nullif(sum(gross_amount), 0)::double
            as discount_share,
        sum(coupon_discount)::double as coupon_discount,
        count(distinct basket_id) filter (coupon_discount > 0)
            as coupon_visits,
        avg(coalesce(is_private_brand, false)::integer) as private_brand_share,
        avg(is_in_mailer::integer) as mailer_share,
        avg(is_displayed::integer) as display_share,
        count(distinct product_id) as products_bought,
        count(distinct department) as departments_bought,
        count(distinct store_id) as stores_visited
    from bought
    group by recipient_id

),

final as (

    select
        windows.recipient_id,
        windows.history_days,
        coalesce(aggregated.spend * 7 / windows.history_days, 0)
            as weekly_spend,
        coalesce(aggregated.visits * 7 / windows.history_days, 0)
            as weekly_visits,
        coalesce(aggregated.spend_28_days, 0) as spend_28_days,
        coalesce(aggregated.visits_28_days, 0) as visits_28_days,
        aggregated.days_since_visit,
        aggregated.discount_share,
        coalesce(aggregated.coupon_discount, 0) as coupon_discount,
        coalesce(aggregated.coupon_visits, 0) as coupon_visits,
        aggregated.private_brand_share,
        aggregated.mailer_share,
        aggregated.display_share,
        coalesce(aggregated.products_bought, 0) as products_bought,
        coalesce(aggregated.departments_bought, 0) as departments_bought,
        coalesce(aggregated.stores_visited, 0) as stores_visited
    from windows
    left join aggregated
        on windows.recipient_id = aggregated.recipient_id

)

select * from final
