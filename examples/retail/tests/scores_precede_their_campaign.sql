select scores.*
from {{ ref('campaign_redemption_scores') }} as scores
inner join {{ ref('dim_campaign') }} as campaigns
    on scores.campaign_id = campaigns.campaign_id
where scores.scored_as_of >= campaigns.started_on
