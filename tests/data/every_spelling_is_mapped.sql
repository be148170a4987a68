-- What is spelt in a new way goes on as `unknown` until the seed has it.

{{ config(severity='warn') }}

select 'product_versions.device_kind' as spelt, product_id as id
from {{ ref('product_versions') }}
where device_kind = 'unknown'
union all
select 'customer_versions.region' as spelt, customer_id as id
from {{ ref('customer_versions') }}
where region = 'unknown'
union all
select 'repair_requests.channel' as spelt, request_id as id
from {{ ref('repair_requests') }}
where channel = 'unknown'
