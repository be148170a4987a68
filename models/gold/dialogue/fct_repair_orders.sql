{#- Orders that conversations ended with, and what each of their parts came from. -#}

with

states as (

    select * from {{ ref('dialogue_states') }}

),

chats as (

    select * from {{ ref('chats') }}

),

decisions as (

    select * from {{ ref('quote_decisions') }}

),

ordered as (

    -- A conversation may go on after its order: the first stands.
    select *
    from states
    where
        not is_panel
        and next_action = 'order'
    qualify row_number() over (
        partition by conversation_id
        order by message_number
    ) = 1

),

final as (

    select
        'R-' || ordered.conversation_id as order_id,
        ordered.conversation_id as chat_id,
        chats.request_id,
        chats.customer_id,
        ordered.product_id,
        ordered.name,
        ordered.contact,
        ordered.damage,
        ordered.preferred_on,
        chats.last_quote as quoted_price,
        chats.quote_model_version,
        'ordered' as status,
        ordered.sent_at as ordered_at,
        decisions.decided_at,
        ordered.message_id as confirmed_message_id,
        ordered.name_message_id,
        ordered.contact_message_id,
        ordered.product_id_message_id as product_message_id,
        ordered.damage_message_id,
        ordered.preferred_on_message_id,
        ordered.intent_model_version,
        ordered.slot_model_version
    from ordered
    inner join chats
        on ordered.conversation_id = chats.chat_id
    left join decisions
        on chats.request_id = decisions.request_id

)

select * from final
