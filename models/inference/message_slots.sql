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

    select *
    from {{ ref('message_slot_tags') }}
    qualify row_number() over (
        partition by token_id
        order by _predicted_at desc, _model_version desc
    ) = 1

),

final as (

    {{ message_slots(ref('customer_turns'), 'tags', ref('dim_product')) }}

)

select * from final
