{{ config(tags=['holdout']) }}

with

records as (

    {{ accepted('dialogue_panel') }}

),

messages as (

    select
        conversation_id,
        panel,
        generate_subscripts(messages::json[], 1) as message_number,
        unnest(messages::json[]) as message
    from records

),

final as (

    select
        conversation_id || '-' || message_number as message_id,
        conversation_id,
        panel,
        message_number,
        message ->> 'role' as role,
        message ->> 'text' as text,
        message ->> 'act' as act,
        try_cast(message ->> 'at' as timestamp) as sent_at,
        message ->> 'intent' as intent,
        message -> 'slots' as slots
    from messages

)

select * from final
