{#
    What customers wrote, one row a message, with what the shop had said last;
    where that was to ask again, what it was asking for; and the product that
    the shop's last quote named. `context` is what is around the message, for a
    vectorizer.

    Args:
        messages: relation of conversation_id, message_id, message_number, role,
            text, act and sent_at.
        products: relation of product_id and product_name.
#}
{% macro customer_turns(messages, products) -%}
    with

    named as (

        {{ products_named(messages, products) }}

    ),

    said as (

        select
            message_id,
            conversation_id,
            message_number,
            text,
            coalesce(previous_question, '') as previous_question,
            coalesce(previous_act, 'none') as previous_act,
            offered_product_id,
            sent_at
        from (
            select
                messages.*,
                last_value(if(act = 'quote', named.product_id, null) ignore nulls)
                    over before
                    as offered_product_id,
                last_value(if(role = 'agent', text, null) ignore nulls) over before
                    as previous_question,
                last_value(
                    if(role = 'agent', nullif(act, 'ask_again'), null) ignore nulls
                ) over before
                    as previous_act
            from {{ messages }} as messages
            left join named
                on messages.message_id = named.message_id
            window before as (
                partition by messages.conversation_id
                order by messages.message_number
                rows between unbounded preceding and 1 preceding
            )
        )
        where role = 'customer'

    )

    {{ with_intent_context('said', 'named') }}
{%- endmacro %}
