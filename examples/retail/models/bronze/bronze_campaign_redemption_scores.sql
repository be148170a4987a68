-- What an earlier build inferred is a source of this one. It reads what was
-- there when this build started: new scores are appended further down.
{{ config(materialized='table') }}

with

inferred as (

    select * from {{ source('inference', 'campaign_redemption_scores') }}

),

final as (

    select
        *,
        timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}'
            as _loaded_at
    from inferred

)

select * from final
