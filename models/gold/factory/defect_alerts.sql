{#-
    The factory's alert table: batches in which surely more units are flagged
    than usual. An audit two weeks later confirms or refutes the alert.
-#}

with

batches as (

    select * from {{ ref('batch_defect_risk') }}

),

audits as (

    select * from {{ ref('batch_audits') }}

),

units as (

    select * from {{ ref('fct_unit_defect_risk') }}

),

of_main_defect as (

    select
        units.batch_id,
        count(*) as n_main_defect,
        first(units.unit_id order by units.risk desc, units.unit_id)
            as riskiest_unit_id
    from units
    inner join batches
        on
            units.batch_id = batches.batch_id
            and units.predicted_defect = batches.main_defect
    where units.is_flagged
    group by units.batch_id

),

final as (

    select
        'defect_rate:' || batches.batch_id as alert_id,
        batches.batch_id,
        batches.product_id,
        'defect_rate' as alert_type,
        batches.main_defect as what,
        if(batches.share_low > 2 * batches.usual_share, 'high', 'medium')
            as how_bad,
        batches.share_flagged,
        round(batches.share_flagged / nullif(batches.usual_share, 0), 2)::double
            as times_usual,
        batches.first_inspected_at as since,
        batches.last_inspected_at,
        batches.n_units,
        batches.n_flagged,
        of_main_defect.n_main_defect,
        of_main_defect.riskiest_unit_id,
        batches.share_low,
        batches.usual_share as threshold,
        audits.n_defective as n_audited_defective,
        audits.audited_at,
        case
            when audits.batch_id is null then 'open'
            when
                audits.n_defective > {{ var('bad_batch_rate') }} * audits.n_units
                then 'confirmed'
            else 'refuted'
        end as status,
        batches.model_version,
        batches.predicted_at
    from batches
    inner join of_main_defect
        on batches.batch_id = of_main_defect.batch_id
    left join audits
        on batches.batch_id = audits.batch_id
    where batches.share_low > batches.usual_share

)

select * from final
