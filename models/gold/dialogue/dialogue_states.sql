{#- After each message: what has been told, what is missing, what comes next. -#}
{{ config(
    post_hook="{{ callable_table(this, 'dialogue_states_of', ['turns', 'intents', "
    ~ "'slots'], dialogue_states('query_table(turns)', 'query_table(intents)', "
    ~ "'query_table(slots)')) }}"
) }}

with

intents as (

    {{ goldloop.latest_inferences(ref('message_intents'), 'message_id') }}

),

states as (

    {{ dialogue_states(
        ref('customer_turns'), 'intents', ref('message_slots')
    ) }}

),

final as (

    select
        states.*,
        turns.is_panel
    from states
    inner join {{ ref('customer_turns') }} as turns
        on states.message_id = turns.message_id

)

select * from final
