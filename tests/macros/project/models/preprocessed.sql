select
    job_id,
    {{ goldloop.standard_scaler('hours') }} as scaled,
    {{ goldloop.bucketize('hours', [2, 4.5], false, output_format='bucket_ranges') }} as bucket,
    {{ goldloop.feature_cross(['job_id', 'accepted::varchar as accepted']) }} as crossed,
    {{ goldloop.imputer('nullif(hours, 1)', 'mean') }} as imputed
from {{ ref('jobs') }}
