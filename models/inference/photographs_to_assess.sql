{#- Photographs of new requests that show exactly one device. -#}
{{ config(materialized='view') }}

with

arriving as (

    select * from {{ ref('photographs_to_check') }}

),

seen as (

    select * from {{ ref('seen_in_photographs') }}

),

final as (

    select arriving.*
    from arriving
    inner join seen
        on arriving.photo_id = seen.photo_id
    where seen.in_view = 'one_device'

)

select * from final
