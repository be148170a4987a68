{{ config(
    materialized='model',
    meta={'ml_config': {
        'model_type': 'boosted_tree_regressor',
        'input_label_cols': ['repair_cost'],
        'data_split_method': 'seq',
        'data_split_col': 'requested_at',
        'max_iterations': 40,
        'learn_rate': 0.15,
        'max_tree_depth': 4,
        'early_stop': false,
    }}
) }}

select
    device_kind,
    brand,
    damage_type,
    severity,
    list_price,
    device_age_days,
    is_under_warranty,
    requested_at,
    repair_cost
from {{ ref('gold_repair_outcomes') }}
where repair_cost is not null
