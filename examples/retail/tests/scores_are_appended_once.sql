-- A score differs from the recipient's one before in its inputs, model or version.
select
    recipient_id,
    _model_version,
    _input_fingerprint,
    _predicted_at
from {{ ref('campaign_redemption_scores') }}
qualify
    (_model, _model_version, _input_fingerprint) = lag(
        (_model, _model_version, _input_fingerprint)
    ) over (
        partition by recipient_id
        order by _predicted_at
    )
