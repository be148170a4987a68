{#-
    Live coverage below the promise by more than chance. Two chances: the quotes
    judged are a sample, and so were those that calibrated, of which there were 59
    at the first build and may be as few as price_range_group_quotes of a kind.
    Beyond 3.29 standard errors of both (one in a thousand, both sides) the build
    fails: conformal prediction promises nothing of requests unlike those before,
    so then the requests or the models have changed.
-#}

with

coverage as (

    select * from {{ ref('price_range_coverage') }}
    where kind = 'all' and range_from != 'all'

)

select *
from coverage
where
    coverage < promised_coverage - 3.29 * sqrt(
        promised_coverage * (1 - promised_coverage)
        * (1 / n_quotes + 1 / n_calibrating)
    )
