with

records as (

    {{ accepted('chat_annotations') }}

),

final as (

    select
        chat_id || '-' || message_number as message_id,
        chat_id,
        message_number,
        intent,
        slots,
        reason,
        annotator,
        'human_confirmed' as label_source,
        annotated_at as labelled_at
    from records
    qualify row_number() over (
        partition by chat_id, message_number
        order by annotated_at desc, _landed_on desc, _row_number desc
    ) = 1

)

select * from final
