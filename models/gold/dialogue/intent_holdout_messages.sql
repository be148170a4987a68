{#- The panels' messages: wordings that no customer uses. Never trained on. -#}

with

turns as (

    select * from {{ ref('customer_turns') }}

),

labels as (

    select * from {{ ref('panel_messages') }}

),

final as (

    select
        turns.message_id,
        turns.conversation_id,
        labels.panel,
        turns.text,
        turns.previous_question,
        turns.previous_act,
        turns.context,
        labels.intent
    from turns
    inner join labels
        on turns.message_id = labels.message_id
    where labels.intent is not null

)

select * from final
