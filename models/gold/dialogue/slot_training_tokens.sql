{#- The words of annotated messages and of training phrases with their slots. -#}

with

labelled as (

    select * from {{ ref('intent_training_messages') }}

),

tagged as (

    {{ tagged_tokens(ref('message_tokens'), ref('message_annotations')) }}

),

example_tokens as (

    {{ message_tokens(ref('example_messages'), ref('dim_product')) }}

),

tagged_examples as (

    {{ tagged_tokens('example_tokens', ref('example_messages')) }}

),

final as (

    select
        all_tagged.*,
        labelled.is_held_out,
        labelled.reason,
        labelled.labelled_at
    from (
        select * from tagged
        union all
        select * from tagged_examples
    ) as all_tagged
    inner join labelled
        on all_tagged.message_id = labelled.message_id

)

select * from final
