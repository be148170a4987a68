{{ config(materialized='table') }}

with asked as (select 10 as loaves)

select predicted_flour, loaves from {{ dbt_ml.predict(ref('flour_needed'), 'asked') }}
