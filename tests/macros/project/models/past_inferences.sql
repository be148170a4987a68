select count(*) as inferences from {{ source('inference', 'inferred_price') }}
