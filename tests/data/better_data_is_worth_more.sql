-- The report's claims, beyond what five draws could do by chance.

select
    recipe,
    gain_low
from {{ ref('data_centric_experiments') }}
where
    recipe in ('more data', 'feedback added', 'all but synthetic')
    and gain_low <= 0
