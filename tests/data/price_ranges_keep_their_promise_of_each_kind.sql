{#-
    A kind may be short of the promise while both together keep it: beyond 1.96
    standard errors, one in forty below, somebody is to look. No more than a warning,
    as until there are price_range_group_quotes of a kind it is promised by another's.
-#}
{{ config(severity='warn') }}

select *
from {{ ref('price_range_coverage') }}
where
    kind != 'all'
    and range_from != 'all'
    and {{ is_short_of_promise(1.96) }}
