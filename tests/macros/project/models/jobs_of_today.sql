select job_id, hours + {{ var('overtime', 0) }} as hours, current_timestamp as loaded_at
from {{ ref('jobs') }}
