{#-
    What came of earlier builds' recommendations: of customers who bought
    something new after the build's as-of day, whose purchases were among the
    ten? First purchases of a product count.
-#}

with

recommendations as (

    select *
    from {{ ref('bronze_product_recommendations') }}
    qualify _predicted_at = max(_predicted_at) over (
        partition by customer_id, as_of
    )

),

sales as (

    select
        customer_id,
        product_id,
        min(ordered_at) as first_bought_at
    from {{ ref('sales') }}
    where customer_id is not null
    group by customer_id, product_id

),

builds as (

    select distinct
        customer_id,
        as_of,
        known_by,
        _model_version
    from recommendations

),

purchases as (

    select
        builds.as_of,
        builds._model_version as model_version,
        builds.known_by,
        builds.customer_id,
        recommendations.place
    from builds
    inner join sales
        on
            builds.customer_id = sales.customer_id
            and sales.first_bought_at >= builds.as_of + 1
    left join recommendations
        on
            builds.customer_id = recommendations.customer_id
            and builds.as_of = recommendations.as_of
            and sales.product_id = recommendations.product_id

),

final as (

    select
        as_of,
        model_version,
        known_by,
        count(distinct customer_id) as n_customers,
        count(*) as n_purchases,
        round(avg((place is not null)::integer), 4) as share_among_ten,
        round(avg((coalesce(place, 99) = 1)::integer), 4) as share_first
    from purchases
    group by as_of, model_version, known_by

)

select * from final
order by as_of, model_version, known_by
