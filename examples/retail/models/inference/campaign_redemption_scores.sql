-- Scores the campaigns to come, before they start; a rebuild on the same day
-- adds nothing, a newer model or newer features add a row.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false
) }}

{%- set coming -%}
(
    select
        *,
        {{ goldloop.as_of() }} as scored_as_of
    from {{ ref('campaign_household_features') }}
    where started_on > {{ goldloop.as_of() }}
)
{%- endset %}

with

inferred as (

    {{ goldloop.infer(ref('coupon_redemption'), coming, 'recipient_id') | indent(4) }}

),

final as (

    select
        recipient_id,
        campaign_id,
        household_id,
        scored_as_of,
        predicted_is_redeemed,
        predicted_is_redeemed_probs,
        _model,
        _model_version,
        _predicted_at,
        _invocation_id,
        _entity_key,
        _input_fingerprint
    from inferred

)

select * from final
