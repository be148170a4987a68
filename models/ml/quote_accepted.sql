{{ config(
    materialized='model',
    meta={'ml_config': {
        'model_type': 'logistic_reg',
        'input_label_cols': ['is_accepted'],
        'data_split_method': 'seq',
        'data_split_col': 'requested_at',
        'l2_reg': 0.01,
    }}
) }}

select
    device_kind,
    segment,
    channel,
    quoted_price,
    quoted_price_to_list_price,
    device_age_days,
    is_under_warranty,
    requested_at,
    is_accepted
from {{ ref('gold_quotes') }}
