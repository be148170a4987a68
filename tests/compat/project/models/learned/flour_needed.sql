{{ config(ml_config={'MODEL_TYPE': 'linear_reg', 'input_label_cols': ['flour']}) }}

select loaves, flour from {{ ref('daily') }} where baker != "nobody"
