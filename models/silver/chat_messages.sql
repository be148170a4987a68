with

records as (

    {{ accepted('repair_chats') }}

),

latest as (

    select *
    from records
    qualify row_number() over (
        partition by chat_id
        order by started_at desc, _landed_on desc, _row_number desc
    ) = 1

),

messages as (

    select
        chat_id,
        request_id,
        customer_id,
        generate_subscripts(messages::json[], 1) as message_number,
        unnest(messages::json[]) as message
    from latest

),

final as (

    select
        chat_id || '-' || message_number as message_id,
        chat_id,
        request_id,
        customer_id,
        message_number,
        message ->> 'role' as role,
        message ->> 'text' as text,
        message ->> 'act' as act,
        try_cast(message ->> 'quote' as decimal(12, 2)) as quote,
        try_cast(message ->> 'quote_model_version' as bigint)
            as quote_model_version,
        try_cast(message ->> 'at' as timestamp) as sent_at
    from messages
    where sent_at::date <= {{ goldloop.as_of() }}

)

select * from final
