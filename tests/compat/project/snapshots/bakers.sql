{% snapshot bakers %}
{{ config(unique_key='baker', strategy='check', check_cols=['note'], schema='kept') }}
select distinct baker, concat(baker, "!") as note from {{ ref('daily') }}
{% endsnapshot %}
