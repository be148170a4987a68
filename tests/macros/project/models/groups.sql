{{ config(
    materialized='table', post_hook="{{ stand_in_clusters() }}",
    meta={'ml_config': {'model_type': 'KMEANS', 'num_clusters': 2}}
) }}
select
    'main.groups' as model,
    1 as version,
    'champion' as status,
    null::varchar as label,
    'clustering' as problem_type,
    '{"davies_bouldin_index": 0.1}'::json as metrics
