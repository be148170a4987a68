-- Rows without a label or a prediction are ignored; nothing left: one row of NULLs.
-- Two classes in `probs`: the metrics of the positive (larger) class; more: unweighted
-- means over the classes of `probs` and the labels. Accuracy and log loss are of all rows.
with _cases as (
    select label, predicted_label, probs
    from query_table(scored)
    where label is not null and predicted_label is not null
),

_probabilities as (
    select label, entry.label as class, entry.prob::double as prob
    from _cases, unnest(_cases.probs) as entries(entry)
),

_classes as (
    select class, true as is_modelled from _probabilities group by class
    union all by name
    select label as class, false as is_modelled from _cases
    where label not in (select class from _probabilities)
    group by label
),

_averaged as (
    select class
    from _classes
    where (select max(len(probs)) from _cases) > 2
        or class = (select max(class) from _classes where is_modelled)
),

_confusion as (
    select label, predicted_label, count(*) as cases
    from _cases
    group by label, predicted_label
),

_hits as (
    select
        class,
        coalesce(sum(cases) filter (label = class and predicted_label = class), 0) as hits,
        coalesce(sum(cases) filter (predicted_label = class), 0) as predicted,
        coalesce(sum(cases) filter (label = class), 0) as actual
    from _averaged, _confusion
    group by class
),

-- A class never predicted, or never seen, counts as 0: scikit-learn's zero_division=0.
_threshold_metrics as (
    select
        avg(coalesce(hits / nullif(predicted, 0), 0)) as precision,
        avg(coalesce(hits / nullif(actual, 0), 0)) as recall,
        avg(coalesce(2 * hits / nullif(predicted + actual, 0), 0)) as f1_score
    from _hits
),

_accuracy as (
    select sum(cases) filter (label = predicted_label) as hits, sum(cases) as cases
    from _confusion
),

-- A row's loss is that of its own class, absent ones having probability 0; clipped at
-- the machine epsilon, as scikit-learn does.
_losses as (
    select
        avg(-ln(least(
            greatest(
                coalesce(list_filter(probs, lambda entry: entry.label = _cases.label)[1].prob, 0),
                2.220446049250313e-16::double
            ),
            1e0::double - 2.220446049250313e-16::double
        ))) as log_loss
    from _cases
),

-- Mann-Whitney: pairs of a member and a non-member ranked rightly, ties half.
_steps as (
    select
        class,
        prob,
        count(*) filter (label = class) as members,
        count(*) filter (label <> class) as others
    from _probabilities
    where class in (select class from _averaged)
    group by class, prob
),

_ranked as (
    select
        class,
        members,
        others,
        sum(others) over (partition by class order by prob) - others as others_below
    from _steps
),

-- NULL for a class of which every row, or none, is a member: it has no curve, and the
-- mean is over those that have one.
_curves as (
    select
        class,
        sum(members * (others_below::double + others::double / 2))
        / nullif(sum(members)::double * sum(others)::double, 0) as roc_auc
    from _ranked
    group by class
)

select
    precision,
    recall,
    (select coalesce(hits, 0)::double / nullif(cases, 0) from _accuracy) as accuracy,
    f1_score,
    (select log_loss from _losses) as log_loss,
    (select avg(roc_auc) from _curves) as roc_auc
from _threshold_metrics
