with

features as (

    select * from {{ ref('gold_repair_features') }}

),

decisions as (

    select * from {{ ref('quote_decisions') }}

),

final as (

    select
        features.*,
        decisions.quoted_price::double as quoted_price,
        round(decisions.quoted_price::double / features.list_price, 6)
            as quoted_price_to_list_price,
        decisions.is_accepted,
        decisions.decided_at
    from features
    inner join decisions
        on features.request_id = decisions.request_id

)

select * from final
