{#- Two jobs of each answer: several rows of one entity, of which one may change. -#}
{{ config(materialized='incremental', incremental_strategy='append', schema='inference') }}
{{ goldloop.infer(
    ref('price'),
    "(select accepted, job_id, hours + if(job_id = 'J1', " ~ var('overtime', 0) ~ ", 0) as hours from "
    ~ ref('jobs') ~ ")",
    'accepted'
) }}
