"""CONTRIBUTION_ANALYSIS: its insights are computed once, by SQL, and kept as a table."""

from __future__ import annotations

from sqlglot import exp

from goldloop.contribution.apriori import frequent_masks
from goldloop.contribution.insights import Analysis, insights
from goldloop.contribution.metrics import INTEGERS, Metric, metric
from goldloop.errors import TrainingDataError, nearest
from goldloop.options.contribution import check_dimensions
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import quoted
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.inputs import is_number

_DIMENSIONS = "INT64, BOOL or STRING"
_ALL_MASKS_UP_TO = 12


def fit(sample: Sample) -> Fitted:
    """Compare the segments of the training rows, test against control.

    Raises:
        TrainingDataError: a column is missing, too many or of a type that is not served, test or
            control has no rows, or the metric is negative.
        OptionError: too many dimensions.
    """
    options = sample.options
    measured = metric(f"Model {options.model}: contribution_metric", options["contribution_metric"])
    measured = _checked_metric(sample, measured)
    dimensions = _dimensions(sample, measured)
    min_support = options["min_apriori_support"]
    top_k = options["top_k_insights_by_apriori_support"]
    check_dimensions(options.model, list(dimensions), 0.1 if top_k else min_support)
    _check_rows(sample, measured, may_be_negative=not min_support and not top_k)
    analysis = Analysis(
        dimensions,
        measured,
        options["is_test_col"],
        None if top_k else min_support,
        top_k,
        options["pruning_method"] == "prune_redundant_insights",
        integers=frozenset(
            name for name in measured.summed if _feature(sample, name).sql_type in INTEGERS
        ),
    )
    source = exp.select("*").from_(sample.data.relation())
    if len(dimensions) > _ALL_MASKS_UP_TO:
        masks = frequent_masks(sample.con, analysis, source, sample.progress)
        analysis = analysis.with_masks(masks)
    query = insights(analysis, source)
    table = sample.con.sql(query.sql("duckdb")).to_arrow_table()
    return Fitted(
        None,
        "contribution_analysis",
        tables={"insights": table},
        metrics={"insights": float(table.num_rows)},
    )


def _feature(sample: Sample, name: str) -> Feature:
    known = sample.data.features
    found = next((each for each in known if each.name.casefold() == name.casefold()), None)
    if found is None:
        names = [each.name for each in known]
        raise TrainingDataError(
            f"Model {sample.options.model}: contribution_metric names the column '{name}', which "
            f"the query does not return; it returns {', '.join(names)}.{nearest(name, names)}"
        )
    return found


def _checked_metric(sample: Sample, measured: Metric) -> Metric:
    for name in measured.summed:
        column = _feature(sample, name)
        if not is_number(column.sql_type):
            raise TrainingDataError(
                f"Model {sample.options.model}: contribution_metric sums '{column.name}' of type "
                f"{column.sql_type}; expected a number."
            )
    names = [_feature(sample, name).name for name in measured.columns]
    return Metric(measured.kind, names[0], names[1] if len(names) > 1 else None)


def _dimensions(sample: Sample, measured: Metric) -> tuple[str, ...]:
    model, asked = sample.options.model, sample.options["dimension_id_cols"]
    summed = {name.casefold() for name in measured.columns}
    others = [each for each in sample.data.features if each.name.casefold() not in summed]
    if asked is not None:
        named = {name.casefold() for name in asked}
        for name in asked:
            if name.casefold() in summed:
                raise TrainingDataError(
                    f"Model {model}: dimension_id_cols names '{name}', which contribution_metric "
                    "reads; expected other columns."
                )
        for each in others:
            if each.name.casefold() not in named:
                raise TrainingDataError(
                    f"Model {model}: no option names the column '{each.name}'; expected only those "
                    "of contribution_metric, dimension_id_cols and is_test_col. Leave it out of "
                    "the query."
                )
        by_name = {each.name.casefold(): each for each in others}
        others = [by_name[name.casefold()] for name in asked]
    if not others:
        raise TrainingDataError(
            f"Model {model}: no column is left for dimension_id_cols; expected at least one."
        )
    for each in others:
        if each.sql_type not in (*INTEGERS, "BOOLEAN", "VARCHAR"):
            raise TrainingDataError(
                f"Model {model}: dimension '{each.name}' is of type {each.sql_type}; expected "
                f"{_DIMENSIONS}. Cast or bucket it in the query."
            )
    return tuple(each.name for each in others)


def _check_rows(sample: Sample, measured: Metric, may_be_negative: bool) -> None:
    options, table = sample.options, sample.data.relation().sql("duckdb")
    is_test = options["is_test_col"]
    described = sample.con.execute(f"describe select {quoted(is_test)} from {table}").fetchall()
    sql_type = described[0][1]
    if sql_type != "BOOLEAN":
        raise TrainingDataError(
            f"Model {options.model}: is_test_col '{is_test}' is of type {sql_type}; expected BOOL."
        )
    negative = ", ".join(f"count(*) filter ({quoted(name)} < 0)" for name in measured.summed)
    test, control, *below = sample.con.execute(
        f"select count(*) filter ({quoted(is_test)}), count(*) filter (not {quoted(is_test)}), "
        f"{negative} from {table}"
    ).fetchall()[0]
    for rows, value in ((test, "TRUE"), (control, "FALSE")):
        if not rows:
            raise TrainingDataError(
                f"Model {options.model}: is_test_col '{is_test}' is {value} in no row; expected "
                "rows of test and of control."
            )
    for name, rows in zip(measured.summed, below, strict=True):
        if rows and not may_be_negative:
            raise TrainingDataError(
                f"Model {options.model}: '{name}' of contribution_metric is negative in {rows} "
                "rows, which support cannot be measured by; set min_apriori_support to 0."
            )
