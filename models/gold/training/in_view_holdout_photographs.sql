{#- The panel's photographs: of one device, of none and of several. -#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

labels as (

    select * from {{ ref('photo_checks') }}

),

final as (

    select
        photographs.photo_id,
        photographs.sha256,
        photographs.device_kind,
        photographs.embedding,
        labels.in_view
    from photographs
    inner join labels
        on photographs.photo_id = labels.photo_id
    where photographs.source = 'holdout'

)

select * from final
