{#- The serving detector on the panel's holdout, damage type by damage type. -#}

with

risks as (

    select * from {{ ref('fct_unit_defect_risk') }}
    where is_holdout

),

panel as (

    select * from {{ ref('factory_holdout_labels') }}

),

final as (

    select
        panel.damage_type,
        count(*) as n_units,
        round(avg(risks.is_flagged::integer), 4) as share_flagged,
        round(
            avg((risks.predicted_defect = panel.damage_type)::integer),
            4
        ) as share_right,
        round(avg(risks.risk), 4) as mean_risk,
        round(avg(panel.severity), 4) as mean_severity
    from risks
    inner join panel
        on risks.unit_id = panel.unit_id
    group by panel.damage_type

)

select * from final
order by damage_type
