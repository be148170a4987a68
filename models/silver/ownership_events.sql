{#-
    What tells which devices a customer has and in what condition, dated by when
    it was known. Replayed up to a day, it is what a recommender of that day knew.
    A technician's word is dated by its latest version; what models saw counts
    from the request on, as photographs are assessed when they arrive.
-#}

with

sales as (

    select * from {{ ref('sales') }}

),

returns as (

    select * from {{ ref('returns') }}

),

requests as (

    select * from {{ ref('repair_requests') }}

),

decisions as (

    select * from {{ ref('quote_decisions') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

assessed as (

    select * from {{ ref('assessed_repairs') }}

),

bought as (

    select
        customer_id,
        product_id,
        'bought' as event,
        ordered_at as known_at,
        order_line_id
    from sales
    where customer_id is not null

),

pieces_returned as (

    select
        returns.order_line_id,
        returns.returned_at,
        sales.quantity,
        sum(returns.quantity) over (
            partition by returns.order_line_id
            order by returns.returned_at, returns.return_id
        ) as n_returned
    from returns
    inner join sales
        on returns.order_line_id = sales.order_line_id

),

-- Who returns one of two still has one: a line is undone by its last piece.
returned as (

    select
        order_line_id,
        min(returned_at) as returned_at
    from pieces_returned
    where n_returned >= quantity
    group by order_line_id

),

undone as (

    select
        sales.customer_id,
        sales.product_id,
        'undone' as event,
        least(
            case when sales.is_cancelled then sales.updated_at end,
            returned.returned_at
        ) as known_at,
        sales.order_line_id
    from sales
    left join returned
        on sales.order_line_id = returned.order_line_id
    where
        sales.customer_id is not null
        and (sales.is_cancelled or returned.returned_at is not null)

),

brought as (

    select
        customer_id,
        product_id,
        'brought' as event,
        requested_at as known_at,
        request_id
    from requests

),

declined as (

    select
        requests.customer_id,
        requests.product_id,
        'declined' as event,
        decisions.decided_at as known_at,
        requests.request_id
    from requests
    inner join decisions
        on requests.request_id = decisions.request_id
    where not decisions.is_accepted

),

seen as (

    select
        assessed.customer_id,
        assessed.product_id,
        'assessed' as event,
        assessed.requested_at as known_at,
        assessed.request_id,
        assessed.damage_type,
        assessed.severity,
        'predicted' as condition_source,
        assessed.damage_model_version as model_version
    from assessed

),

confirmed as (

    select
        requests.customer_id,
        requests.product_id,
        'assessed' as event,
        labels.labelled_at as known_at,
        requests.request_id,
        labels.damage_type,
        labels.severity::double as severity,
        labels.label_source as condition_source
    from requests
    inner join labels
        on requests.request_id = labels.request_id

),

events as (

    select * from bought
    union all by name
    select * from undone
    union all by name
    select * from brought
    union all by name
    select * from declined
    union all by name
    select * from seen
    union all by name
    select * from confirmed

),

final as (

    select
        customer_id,
        product_id,
        event,
        known_at,
        order_line_id,
        request_id,
        damage_type,
        severity,
        condition_source,
        model_version
    from events

)

select * from final
