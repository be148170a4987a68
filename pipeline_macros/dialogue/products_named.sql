{#
    The product that each message names in full: the last, of two in one place
    the longer. One row a message that names one: message_id and product_id.

    Args:
        turns: relation of message_id and text.
        products: relation of product_id and product_name.
#}
{% macro products_named(turns, products) -%}
    select
        turns.message_id,
        arg_max(
            products.product_id,
            (
                length(turns.text) - instr(
                    reverse(lower(turns.text)),
                    reverse(lower(products.product_name))
                ),
                length(products.product_name)
            )
        ) as product_id
    from {{ turns }} as turns
    inner join {{ products }} as products
        on contains(
            ' ' || lower(regexp_replace(turns.text, '[.,;:!?()]', ' ', 'g')) || ' ',
            ' ' || lower(products.product_name) || ' '
        )
    group by turns.message_id
{%- endmacro %}
