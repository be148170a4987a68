-- What one saw and another did not would be compared with something else.

with

counts as (

    select
        since_generation,
        seen_by,
        generation,
        count(*) as n_requests
    from {{ ref('quoted_by_generations') }}
    group by since_generation, seen_by, generation

)

select
    since_generation,
    count(distinct n_requests) as n_sizes
from counts
group by since_generation
having count(distinct n_requests) > 1
