{#- The fixed holdout: devices that appear nowhere else, labelled by a panel. -#}

with

photographs as (

    select * from {{ ref('embedded_photographs') }}

),

labels as (

    select * from {{ ref('holdout_labels') }}

),

final as (

    select
        photographs.photo_id,
        photographs.sha256,
        photographs.device_kind,
        photographs.embedding,
        labels.damage_type,
        labels.severity::double as severity
    from photographs
    inner join labels
        on photographs.photo_id = labels.photo_id
    where photographs.source = 'holdout'

)

select * from final
