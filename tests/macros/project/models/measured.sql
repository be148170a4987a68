select *
from (
    values (0.2, true), (0.4, true), (0.9, true), (null, false)
) as measured (share, is_known)
