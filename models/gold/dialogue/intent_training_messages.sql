{#-
    What people said that messages mean; a random fifth of the conversations
    flatters. And the training phrases, which are nobody's conversation.
-#}

with

turns as (

    select * from {{ ref('customer_turns') }}

),

labels as (

    select * from {{ ref('message_annotations') }}

),

examples as (

    select * from {{ ref('example_messages') }}

),

annotated as (

    select
        turns.message_id,
        turns.conversation_id,
        turns.text,
        turns.previous_question,
        turns.previous_act,
        turns.context,
        labels.intent,
        md5_number_lower(turns.conversation_id) % 5 = 0 as is_held_out,
        labels.reason,
        labels.label_source,
        labels.labelled_at
    from turns
    inner join labels
        on turns.message_id = labels.message_id
    where labels.labelled_at::date <= {{ goldloop.as_of() }}

),

final as (

    select * from annotated
    union all by name
    select
        message_id,
        text,
        previous_act,
        context,
        intent,
        false as is_held_out,
        'training_phrase' as reason,
        'synthetic' as label_source
    from examples

)

select * from final
