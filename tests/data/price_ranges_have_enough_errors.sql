{#-
    A promise is not made where too few errors are known to keep it: the build
    stops before quotes are made, and says which promise they would carry.
-#}

select is_for_technician
from {{ ref('price_range_calibration') }}
where
    if(
        below is null or above is null,
        error(
            'price_range_coverage is '
            || promised_coverage
            || ', and '
            || n_calibrating
            || ' known errors of costs promise no more than '
            || floor(1000 * (n_calibrating - 1) / (n_calibrating + 1)) / 1000
            || ': lower price_range_coverage in vars, or build when more'
            || ' repairs are judged'
        ),
        false
    )
