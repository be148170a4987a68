{{ config(ml_config={'model_type': 'logistic_reg', 'input_label_cols': ['is_big']}) }}

select loaves, baker, if(loaves > 3, "yes", "no") as is_big from {{ ref('daily') }}
