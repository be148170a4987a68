-- The means of what each row loses; no row: one row of NULLs.
select
    avg(mean_absolute_error) as mean_absolute_error,
    avg(mean_squared_error) as mean_squared_error,
    avg(mean_squared_log_error) as mean_squared_log_error
from query_table(scored)
