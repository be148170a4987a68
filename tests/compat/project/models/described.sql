{{ config(materialized='table') }}

{{ goldloop.evaluate(ref('flour_needed'), ref('daily')) }}
