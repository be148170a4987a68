{#-
    What is understood: the customers' messages, and the panel's beside them,
    which only measure.
-#}
{{ config(
    post_hook="{{ callable_table(this, 'customer_turns_of', ['messages', 'products'], "
    ~ "customer_turns('query_table(messages)', 'query_table(products)')) }}"
) }}

with

messages as (

    select
        chat_id as conversation_id,
        message_id,
        message_number,
        role,
        text,
        act,
        sent_at
    from {{ ref('chat_messages') }}
    union all
    select
        conversation_id,
        message_id,
        message_number,
        role,
        text,
        act,
        sent_at
    from {{ ref('panel_messages') }}

),

turns as (

    {{ customer_turns('messages', ref('dim_product')) }}

),

final as (

    select
        turns.*,
        panel.conversation_id is not null as is_panel,
        panel.panel
    from turns
    left join {{ ref('panel_orders') }} as panel
        on turns.conversation_id = panel.conversation_id

)

select * from final
