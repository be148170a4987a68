{#- The latest fifth of the requests evaluates; made repairs never do. -#}
{{ config(
    materialized='model',
    meta={'ml_config': {
        'model_type': 'boosted_tree_regressor',
        'input_label_cols': ['repair_cost'],
        'data_split_method': 'custom',
        'data_split_col': 'is_evaluated',
        'max_iterations': 40,
        'learn_rate': 0.15,
        'max_tree_depth': 4,
        'early_stop': false,
    }}
) }}

{%- set columns %}
    device_kind,
    brand,
    damage_type,
    severity,
    list_price,
    device_age_days,
    is_under_warranty,
    repair_cost
{%- endset %}

select
    {{- columns }},
    row_number() over (order by requested_at, request_id)
    > round(0.8 * count(*) over ()) as is_evaluated
from {{ ref('gold_repair_outcomes') }}
where repair_cost is not null
union all
select
    {{- columns }},
    false as is_evaluated
from {{ ref('synthetic_training_repairs') }}
