with

features as (

    select * from {{ ref('gold_repair_features') }}

),

labels as (

    select * from {{ ref('repair_labels') }}

),

final as (

    select
        features.*,
        labels.damage_type,
        labels.severity,
        labels.repair_cost::double as repair_cost,
        labels.label_source,
        labels.labelled_at
    from features
    inner join labels
        on features.request_id = labels.request_id

)

select * from final
