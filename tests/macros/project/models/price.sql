{{ config(
    materialized='table', schema='ml', post_hook="{{ stand_in_regressor(9 + var('champion')) }}",
    meta={'ml_config': {'MODEL_TYPE': 'boosted_tree_regressor', 'Input_Label_Cols': ['price']}}
) }}
select
    'main_ml.price' as model,
    version,
    if(version = {{ var('champion') }}, 'champion', 'retired') as status,
    'price' as label,
    'regression' as problem_type,
    '{"r2_score": 0.75, "mean_absolute_error": 2.5, "mean_squared_log_error": null}'::json as metrics
from generate_series(1, {{ var('champion') }}) as versions(version)
-- depends_on: {{ ref('jobs') }}
