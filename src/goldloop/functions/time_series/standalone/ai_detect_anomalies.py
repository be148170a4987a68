"""AI.DETECT_ANOMALIES: measurements that forecasts of the history before did not expect."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.time_series.standalone.gathered import (
    STATUS,
    id_columns,
    instant,
    measured,
    ordered,
    require_columns,
    results,
    whole,
)
from goldloop.functions.time_series.standalone.matched import matched
from goldloop.functions.time_series.standalone.parameters import (
    CONTEXT_WINDOW,
    DATA_COL,
    ID_COLS,
    MODEL,
    TIMESTAMP_COL,
)
from goldloop.functions.time_series.stored import Scale, alias, bounds, column
from goldloop.functions.time_series.surprise import distance
from goldloop.options.declaration import Kind, Option, Range
from goldloop.scoring.error_function import erf
from goldloop.scoring.expressions import call as function
from goldloop.scoring.expressions import double

_MOST = 1024  # time points of a series that are judged
_JUDGED = "_goldloop_judged"


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    history, target = _parts(call)
    found = results(call, history, "forecast", whole(_MOST), whole(None))
    rows = matched(call, target, found)
    threshold = call["anomaly_prob_threshold"]
    judged = exp.select(
        exp.column(exp.Star(), table=ROW), alias(distance(Scale()), "_distance")
    ).from_(rows.subquery(ROW))
    probability = erf(column("_distance", _JUDGED))
    lower, upper = bounds(Scale(), column("_center", _JUDGED), column("_error", _JUDGED), threshold)
    query = exp.select(
        *(column(name, _JUDGED) for name in id_columns(call)),
        alias(instant(column("_at", _JUDGED)), "time_series_timestamp"),
        alias(column("_actual", _JUDGED), "time_series_data"),
        alias(exp.GT(this=probability, expression=double(threshold)), "is_anomaly"),
        alias(lower, "lower_bound"),
        alias(upper, "upper_bound"),
        alias(probability.copy(), "anomaly_probability"),
        alias(column(STATUS, _JUDGED), "ai_detect_anomalies_status"),
    ).from_(judged.subquery(_JUDGED))
    return ordered(query, call, _JUDGED, column("_at", _JUDGED))


def _parts(call: Call) -> tuple[exp.Select, exp.Select]:
    """Return the measurements that are history, and those to judge."""
    count, start = call["target_last_n_points"], call["target_start_timestamp"]
    given = [len(call.sources) == 2, count is not None, start is not None]
    if sum(given) != 1:
        raise StatementError(
            f"{call.name}: what is to be judged is told {sum(given)} times; expected one of a "
            "second table or query, target_last_n_points and target_start_timestamp."
        )
    if len(call.sources) == 2:
        return measured(call), measured(call, 1)
    if start is not None:
        begin = function("epoch_us", exp.cast(start.copy(), exp.DType.TIMESTAMPTZ))
        is_target: exp.Expression = exp.GTE(this=column("_at", ROW), expression=begin)
    else:
        is_target = exp.LTE(this=column("_place", ROW), expression=exp.Literal.number(count))
    return _where(call, exp.Not(this=exp.paren(is_target))), _where(call, is_target.copy())


def _where(call: Call, condition: exp.Expression) -> exp.Select:
    """Return the measurements of which `condition` holds; `_place` 1 is a series' last one."""
    place = exp.Window(
        this=function("row_number"),
        partition_by=[column(name, ROW) for name in id_columns(call)],
        order=exp.Order(expressions=[exp.Ordered(this=column("_at", ROW), desc=True)]),
    )
    numbered = exp.select(exp.column(exp.Star(), table=ROW), alias(place, "_place")).from_(
        measured(call).subquery(ROW)
    )
    return exp.select("*").from_(numbered.subquery(ROW)).where(condition)


AI_DETECT_ANOMALIES = TableFunction(
    "AI.DETECT_ANOMALIES",
    Group.INFER,
    "Which measurements forecasts of the history before them did not expect.",
    _query,
    (
        Output(
            "",
            (
                ("<id_cols...>", "inherited"),
                ("time_series_timestamp", "STRING per page (TIMESTAMP expected)"),
                ("time_series_data", "FLOAT64"),
                ("is_anomaly", "BOOL"),
                ("lower_bound", "FLOAT64"),
                ("upper_bound", "FLOAT64"),
                ("anomaly_probability", "FLOAT64"),
                ("ai_detect_anomalies_status", "STRING"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 2),
    source_names=("history", "target"),
    are_named=True,
    parameters=(
        DATA_COL,
        TIMESTAMP_COL,
        Parameter(
            Option(
                "target_last_n_points",
                Kind.INTEGER,
                None,
                "How many of the last time points of each series are judged.",
                range=Range(1, _MOST),
            )
        ),
        Parameter(
            Option(
                "target_start_timestamp",
                Kind.EXPRESSION,
                None,
                "The instant from which on time points are judged.",
            )
        ),
        MODEL,
        ID_COLS,
        Parameter(
            Option(
                "anomaly_prob_threshold",
                Kind.NUMBER,
                0.95,
                "The probability above which a value is an anomaly.",
                range=Range(0, 1, high_open=True),
            )
        ),
        CONTEXT_WINDOW,
    ),
)
