{#- The words of each message with what is around them. -#}
{{ config(
    post_hook="{{ callable_table(this, 'message_tokens_of', ['turns', 'products'], "
    ~ "message_tokens('query_table(turns)', 'query_table(products)')) }}"
) }}

with

final as (

    {{ message_tokens(ref('customer_turns'), ref('dim_product')) }}

)

select * from final
