-- A few products are sold or couponed but not in the catalogue; they get a row
-- of their own, so that every fact finds its product.
with

products as (

    select * from {{ ref('products') }}

),

transactions as (

    select * from {{ ref('transactions') }}

),

coupons as (

    select * from {{ ref('coupons') }}

),

mentioned as (

    select product_id from transactions
    union
    select product_id from coupons

),

uncatalogued as (

    select
        mentioned.product_id,
        'unknown' as department,
        'unknown' as product_category,
        'unknown' as product_type
    from mentioned
    anti join products
        on mentioned.product_id = products.product_id

),

final as (

    select
        *,
        true as is_catalogued
    from products
    union all by name
    select
        *,
        false as is_catalogued
    from uncatalogued

)

select * from final
