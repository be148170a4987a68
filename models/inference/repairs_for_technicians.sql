{#- Requests that a technician should look at first: the model is in doubt. -#}
{{ config(materialized='view') }}

with

assessed as (

    select * from {{ ref('assessed_repairs') }}

),

final as (

    select
        request_id,
        product_id,
        device_kind,
        damage_type,
        damage_probability,
        severity,
        requested_at,
        as_of
    from assessed
    where
        is_for_technician
        and not is_labelled

)

select * from final
