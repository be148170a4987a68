{{ config(
    materialized='model',
    meta={'ml_config': {
        'model_type': 'logistic_reg',
        'input_label_cols': ['is_redeemed'],
        'data_split_method': 'custom',
        'data_split_col': 'is_evaluation',
        'l2_reg': 0.01,
    }}
) }}

with

features as (

    select * from {{ ref('campaign_household_features') }}

),

final as (

    select
        * exclude (
            recipient_id,
            campaign_id,
            household_id,
            started_on,
            history_days,
            is_confirmed
        )
    from features
    where
        is_confirmed
        and history_days >= {{ var('least_history_days') }}

)

select * from final
