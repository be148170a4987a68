{#
    The product that each message names in full: the last, of two in one place
    the longer. One row a message that names one: message_id and product_id.

    Args:
        turns: relation of message_id and text.
        products: relation of product_id and product_name.
#}
{% macro products_named(turns, products) -%}
    select
        spelled.message_id,
        arg_max(
            products.product_id,
            (
                length(spelled.words) - instr(
                    reverse(spelled.words),
                    reverse(' ' || lower(products.product_name) || ' ')
                ),
                length(products.product_name)
            )
        ) as product_id
    from (
        select
            message_id,
            ' ' || regexp_replace(lower(text), '[^\p{L}\p{N}]+', ' ', 'g') || ' '
                as words
        from {{ turns }}
    ) as spelled
    inner join {{ products }} as products
        on contains(spelled.words, ' ' || lower(products.product_name) || ' ')
    group by spelled.message_id
{%- endmacro %}
