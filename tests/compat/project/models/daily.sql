{{ config(
    materialized='table',
    partition_by={'field': 'day', 'data_type': 'date'},
    cluster_by=['baker']
) }}

select
    `id`, baker, loaves, flour, day,
    "{{ target.project }}.{{ target.dataset }}" as origin,
    7 / 2 as half,
    date_diff(day, date '2024-01-01', week) as weeks,
    safe_cast("x" as int64) as nothing,
    {{ dbt.dateadd('day', 1, 'day') }} as next_day,
    {{ dbt.hash('baker') }} as baker_key,
    {{ dbt.split_part('baker', "' '", 1) }} as first_word
from {{ ref('batches') }}
