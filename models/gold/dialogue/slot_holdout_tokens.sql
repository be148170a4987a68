{#- The words of the panels' messages with their slots. -#}

with

labelled as (

    select * from {{ ref('intent_holdout_messages') }}

),

tagged as (

    {{ tagged_tokens(ref('message_tokens'), ref('panel_messages')) }}

),

final as (

    select
        tagged.*,
        labelled.panel
    from tagged
    inner join labelled
        on tagged.message_id = labelled.message_id

)

select * from final
