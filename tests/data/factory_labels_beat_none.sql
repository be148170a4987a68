{#-
    The study's claim: what a thousand labels of the factory teach is seen beyond the
    chance of a holdout of this size, on both sides. It fails too where a recipe is
    missing.
-#}

with

accuracies as (

    select
        max(accuracy_high) filter (recipe = 'customers') as without_labels,
        max(accuracy_low) filter (
            recipe = 'customers + 1000 factory labels'
        ) as with_labels
    from {{ ref('domain_shift') }}

)

select *
from accuracies
where not coalesce(with_labels > without_labels, false)
