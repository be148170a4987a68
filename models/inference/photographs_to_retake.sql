{#- Photographs that are not assessed: the customer is asked for another one. -#}
{{ config(materialized='view') }}

with

seen as (

    select * from {{ ref('seen_in_photographs') }}

),

final as (

    select
        photo_id,
        request_id,
        device_kind,
        in_view,
        said_by,
        probability,
        if(
            in_view = 'no_device',
            'We see no device on this photograph: please take another one.',
            'We see more than one device: please photograph one alone.'
        ) as message,
        bool_or(in_view = 'one_device') over (partition by request_id)
            as has_another_photograph,
        is_labelled,
        taken_at,
        as_of
    from seen
    qualify in_view != 'one_device'

)

select * from final
