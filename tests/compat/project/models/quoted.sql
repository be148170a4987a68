select {{ adapter.quote('baker') }} as {{ adapter.quote('the baker') }}, "baker" as word
from {{ ref('daily') }}
limit 1
