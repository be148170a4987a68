{#-
    What each new photograph shows: an agent's word where one has looked by now,
    else that of the model that served last.
-#}
{{ config(materialized='view') }}

with

arriving as (

    select * from {{ ref('photographs_to_check') }}

),

views as (

    {{ goldloop.latest_inferences(ref('photo_views'), 'photo_id') }}

),

checks as (

    select * from {{ ref('photo_checks') }}

),

final as (

    select
        arriving.photo_id,
        arriving.request_id,
        arriving.device_kind,
        coalesce(checks.in_view, views.predicted_in_view) as in_view,
        if(checks.photo_id is null, 'model', 'agent') as said_by,
        round(
            list_max([p.prob for p in views.predicted_in_view_probs]), 6
        ) as probability,
        arriving.is_labelled,
        arriving.taken_at,
        arriving.as_of
    from arriving
    inner join views
        on arriving.photo_id = views.photo_id
    left join checks
        on arriving.photo_id = checks.photo_id

)

select * from final
