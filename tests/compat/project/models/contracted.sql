{{ config(materialized='table', contract={'enforced': true}) }}

select id, flour, [baker, "guest"] as bakers from {{ ref('daily') }}
