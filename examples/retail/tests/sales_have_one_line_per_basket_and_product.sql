select
    basket_id,
    product_id
from {{ ref('fct_sales') }}
group by basket_id, product_id
having count(*) > 1
