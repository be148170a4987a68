-- As landed, not as studied. SMOTE and oversampling stay by real rows on purpose.
select
    synthetic_id,
    closest_similarity
from {{ ref('synthetic_closeness') }}
where is_copy and generator not in ('smote', 'oversampling')
