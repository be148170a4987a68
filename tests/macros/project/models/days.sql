{{ config(materialized='table') }}
select {{ goldloop.as_of() }} as as_of, typeof({{ goldloop.as_of() }}) as kind
