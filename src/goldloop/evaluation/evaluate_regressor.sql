-- Rows without a label or a prediction are ignored; nothing left: one row of NULLs.
with _cases as (
    select
        label::double as label,
        prediction::double as prediction,
        label::double - prediction::double as error
    from query_table(scored)
    where label is not null and prediction is not null
),

_sums as (
    select
        count(*) as cases,
        avg(abs(error)) as mean_absolute_error,
        avg(error * error) as mean_squared_error,
        -- As scikit-learn, which refuses values of -1 and below (undocumented in BigQuery).
        case
            when bool_and(label > -1 and prediction > -1) then avg(
                case
                    when label > -1 and prediction > -1
                        then pow(ln(1 + label) - ln(1 + prediction), 2)
                end
            )
        end as mean_squared_log_error,
        -- The lower of the two middle errors, as BigQuery ML publishes it.
        quantile_disc(abs(error), 0.5) as median_absolute_error,
        var_pop(label) as label_variance,
        var_pop(error) as error_variance
    from _cases
)

-- A constant label explains nothing: scikit-learn's 1 when predicted exactly, else 0.
-- R2 of a single row is undefined there, and NULL here.
select
    mean_absolute_error,
    mean_squared_error,
    mean_squared_log_error,
    median_absolute_error,
    case
        when cases < 2 then null
        when label_variance > 0 then 1 - mean_squared_error / label_variance
        when mean_squared_error = 0 then 1
        else 0
    end::double as r2_score,
    case
        when cases = 0 then null
        when label_variance > 0 then 1 - error_variance / label_variance
        when error_variance = 0 then 1
        else 0
    end::double as explained_variance
from _sums
