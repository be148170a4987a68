-- depends_on: {{ ref('photograph_features') }}
-- depends_on: {{ ref('bronze_synthetic_photographs') }}
-- depends_on: {{ ref('bronze_synthetic_repairs') }}
-- dbt-duckdb leaves a table for each later build of an incremental Python model.
select table_name
from duckdb_tables()
where
    database_name = current_database()
    and schema_name = 'main'
    and contains(table_name, '__dbt_tmp')
