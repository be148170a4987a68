{#- What each message tells for the order, by the model that served last. -#}
{{ config(
    materialized='table',
    full_refresh=none,
    post_hook="{{ callable_table(this, 'message_slots_of', ['turns', 'tags', "
    ~ "'products'], message_slots('query_table(turns)', 'query_table(tags)', "
    ~ "'query_table(products)')) }}"
) }}

with

tags as (

    {{ goldloop.latest_inferences(ref('message_slot_tags'), 'token_id') }}

),

final as (

    {{ message_slots(ref('customer_turns'), 'tags', ref('dim_product')) }}

)

select * from final
