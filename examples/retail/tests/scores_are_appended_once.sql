select
    recipient_id,
    _model_version,
    _input_fingerprint
from {{ ref('campaign_redemption_scores') }}
group by all
having count(*) > 1
