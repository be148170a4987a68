{#- The moment up to which recommendations know the world: the end of the as-of day. -#}
{{ config(materialized='view') }}

select ({{ goldloop.as_of() }} + 1)::timestamp as day_ends_at
