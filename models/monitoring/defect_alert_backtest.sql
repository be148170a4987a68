{#-
    Would alerts have been right? Every audited batch, at several levels of the
    rule; no model learns from audits. A batch is judged by what was photographed
    and usual at its time, but by today's model.
-#}
{%- set levels = [1.0, 1.28, 1.64, 1.96, 2.58] -%}

with

batches as (

    select * from {{ ref('batch_defect_risk') }}

),

audits as (

    select
        batch_id,
        n_defective > {{ var('bad_batch_rate') }} * n_units as is_bad
    from {{ ref('batch_audits') }}

),

judged as (

    {% for z in levels %}
    select
        {{ z }}::double as z,
        {{ z }} = {{ var('defect_alert_z') }} as is_used,
        audits.is_bad,
        {{ wilson_bound(
            'batches.share_flagged', 'batches.n_units', z, '-'
        ) }} > batches.usual_share as is_alert
    from batches
    inner join audits
        on batches.batch_id = audits.batch_id
    {{ "union all" if not loop.last }}
    {% endfor %}

),

counts as (

    select
        z,
        is_used,
        count(*) as n_batches,
        count(*) filter (where is_bad) as n_bad,
        count(*) filter (where is_alert) as n_alerts,
        count(*) filter (where is_alert and is_bad) as n_right
    from judged
    group by z, is_used

),

final as (

    select
        *,
        n_alerts - n_right as n_false_alarms,
        n_bad - n_right as n_missed,
        round(n_right / nullif(n_alerts, 0), 4) as precision,
        round(n_right / nullif(n_bad, 0), 4) as recall
    from counts

)

select * from final
order by z
