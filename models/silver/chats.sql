with

messages as (

    select * from {{ ref('chat_messages') }}

),

final as (

    select
        chat_id,
        request_id,
        customer_id,
        count(*) as n_messages,
        arg_min(quote, message_number) filter (quote is not null)
            as first_quote,
        arg_max(quote, message_number) filter (quote is not null)
            as last_quote,
        arg_max_null(quote_model_version, message_number)
        filter (quote is not null) as quote_model_version,
        string_agg(text, chr(10) order by message_number)
        filter (role = 'customer') as customer_text,
        min(sent_at) as started_at,
        max(sent_at) as ended_at
    from messages
    group by chat_id, request_id, customer_id

)

select * from final
