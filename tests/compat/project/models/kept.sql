{{ config(materialized='incremental', unique_key='id') }}

select id, farm_fingerprint(baker) as fingerprint from {{ ref('shortened') }}
{% if is_incremental() %}
where id > (select max(id) from {{ this }}) or "never" = "always"
{% endif %}
