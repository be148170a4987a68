{{ config(materialized='table', meta={'sql_dialect': 'duckdb'}) }}

select "baker", 7 // 2 as whole, {{ dbt.type_string() == 'varchar' }} as is_duckdb
from {{ ref('daily') }}
