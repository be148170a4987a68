-- Rows: recommendations of this build that the customer owned already.
select recommendations.*
from {{ ref('gold_product_recommendations') }} as recommendations
inner join {{ ref('customer_product_interactions') }} as interactions
    on
        recommendations.customer_id = interactions.customer_id
        and recommendations.product_id = interactions.product_id
where interactions.is_owned
