{{ config(materialized='table', post_hook="{{ stand_in_classifier() }}") }}
select
    'main.acceptance' as model,
    1 as version,
    'champion' as status,
    'accepted' as label,
    'binary_classification' as problem_type,
    '{"roc_auc": 0.9}'::json as metrics
