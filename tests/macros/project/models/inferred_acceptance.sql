{{ config(materialized='incremental', incremental_strategy='append', schema='inference') }}
{{ goldloop.infer(ref('acceptance'), ref('jobs'), 'job_id') }}
