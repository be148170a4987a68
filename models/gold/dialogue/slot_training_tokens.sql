{#- The words of annotated messages with their slots. -#}

with

labelled as (

    select * from {{ ref('intent_training_messages') }}

),

tagged as (

    {{ tagged_tokens(ref('message_tokens'), ref('message_annotations')) }}

),

final as (

    select
        tagged.*,
        labelled.is_held_out,
        labelled.labelled_at
    from tagged
    inner join labelled
        on tagged.message_id = labelled.message_id

)

select * from final
