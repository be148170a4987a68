{#- A word is tagged with the slot whose span it touches. -#}

with

tokens as (

    select * from {{ ref('message_tokens') }}

),

labelled as (

    select * from {{ ref('intent_training_messages') }}

),

slots as (

    select
        message_id,
        unnest(slots::json[]) as slot
    from {{ ref('message_annotations') }}

),

spans as (

    select
        message_id,
        slot ->> 'slot' as slot,
        (slot ->> 'begins_at')::integer as begins_at,
        (slot ->> 'ends_at')::integer as ends_at
    from slots

),

final as (

    select
        tokens.token_id,
        tokens.message_id,
        tokens.context,
        coalesce(spans.slot, 'none') as tag,
        labelled.is_held_out,
        labelled.labelled_at
    from tokens
    inner join labelled
        on tokens.message_id = labelled.message_id
    left join spans
        on
            tokens.message_id = spans.message_id
            and tokens.begins_at < spans.ends_at
            and tokens.ends_at > spans.begins_at
    qualify row_number() over (
        partition by tokens.token_id
        order by spans.begins_at
    ) = 1

)

select * from final
