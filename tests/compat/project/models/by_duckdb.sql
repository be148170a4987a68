{{ config(materialized='table', meta={'sql_dialect': 'duckdb'}) }}

select {{ adapter.quote('baker') }}, 7 // 2 as whole, {{ dbt.type_string() == 'varchar' }} as is_duckdb
from ml.predict(model {{ ref('flour_needed') }}, table {{ ref('daily') }})
