-- What cannot be traced to a prediction and to a landed record.

select
    output,
    start_key
from {{ ref('traced_outputs') }}
where
    n_predictions = 0
    or n_source_records = 0
