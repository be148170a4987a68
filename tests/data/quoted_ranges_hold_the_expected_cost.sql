-- A range that does not hold the cost it was made of is no range.

select
    request_id,
    cost_low,
    expected_cost,
    cost_high,
    price_low,
    quoted_price,
    price_high
from {{ ref('quotes_to_make') }}
where
    not coalesce(expected_cost between cost_low and cost_high, false)
    or not coalesce(quoted_price between price_low and price_high, false)
