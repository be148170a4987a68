{#
    What customers wrote, one row a message, with what the shop had said last;
    where that was to ask again, what it was asking for.

    Args:
        messages: relation of conversation_id, message_id, message_number, role,
            text, act and sent_at.
#}
{% macro customer_turns(messages) -%}
    select
        message_id,
        conversation_id,
        message_number,
        text,
        coalesce(previous_question, '') as previous_question,
        coalesce(previous_act, 'none') as previous_act,
        sent_at
    from (
        select
            *,
            last_value(if(role = 'agent', text, null) ignore nulls) over before
                as previous_question,
            last_value(
                if(role = 'agent', nullif(act, 'ask_again'), null) ignore nulls
            ) over before
                as previous_act
        from {{ messages }}
        window before as (
            partition by conversation_id
            order by message_number
            rows between unbounded preceding and 1 preceding
        )
    )
    where role = 'customer'
{%- endmacro %}
