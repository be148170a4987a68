-- `explained` and `unexplained` are the squared lengths of a row's projection and of what is left
-- of it; on the training rows the ratio is that of the kept eigenvalues to all.
select
    sum(explained::double)
    / nullif(sum(explained::double) + sum(unexplained::double), 0)
        as total_explained_variance_ratio
from query_table(scored)
