"""Contribution analysis against its formulas, worked out here once more over every segment."""

import math
from itertools import combinations, product

import pytest
from contribution_rows import DIMENSIONS, insights, made_rows, store


def segments(rows, names=DIMENSIONS):
    """Yield (contributors, rows) of every segment that has rows."""
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            values = product(*(sorted({row[name] for row in rows}) for name in chosen))
            for each in values:
                wanted = dict(zip(chosen, each, strict=True))
                inside = [r for r in rows if all(r[k] == v for k, v in wanted.items())]
                if inside:
                    yield wanted, inside


def total(rows, column, side):
    return sum(row[column] for row in rows if row["is_test"] is side)


def ratio(a, b):
    return a / b if b else None


def named(wanted):
    return [f"{name}={value}" for name, value in wanted.items()] or ["all"]


def by_name(found):
    return {tuple(row["contributors"]): row for row in found}


def same(found, expected):
    for name, value in expected.items():
        if value is None:
            assert found[name] is None, name
        else:
            assert float(found[name]) == pytest.approx(float(value), rel=1e-9, abs=1e-9), name


def test_segments_of_a_sum(shop):
    rows = made_rows()
    found = insights(
        shop, "SUM(x)", columns="x, shop, kind, size, is_test", min_apriori_support=0.0
    )
    told = by_name(found)
    everything = list(segments(rows))
    assert len(told) == len(everything)
    all_test, all_control = total(rows, "x", True), total(rows, "x", False)
    for wanted, inside in everything:
        test, control = total(inside, "x", True), total(inside, "x", False)
        change = ratio(all_test - test, all_control - control) if wanted else 1.0
        expected = None if change is None else control * change
        unexpected = None if expected is None else test - expected
        same(
            told[tuple(named(wanted))],
            {
                "metric_test": test,
                "metric_control": control,
                "difference": test - control,
                "relative_difference": ratio(test - control, control),
                "unexpected_difference": unexpected,
                "relative_unexpected_difference": None if not expected else unexpected / expected,
                "apriori_support": max(test / all_test, control / all_control),
                "contribution": abs(test - control),
            },
        )
    contributions = [row["contribution"] for row in found]
    assert contributions == sorted(contributions, reverse=True)
    assert {name: told[("shop=a", "size=b")][name] for name in DIMENSIONS} == {
        "shop": "a",
        "kind": None,
        "size": "b",
    }


def test_segments_of_a_ratio(shop):
    rows = made_rows()
    told = by_name(
        insights(
            shop, "SUM(x)/SUM(n)", columns="x, n, shop, kind, size, is_test",
            min_apriori_support=0.0,
        )
    )  # fmt: skip

    def sums(inside, side):
        return total(inside, "x", side), total(inside, "n", side)

    population = [sums(rows, side) for side in (False, True)]
    for wanted, inside in segments(rows):
        ends = [sums(inside, side) for side in (False, True)]
        complements = [
            ratio(p[0] - e[0], p[1] - e[1]) for p, e in zip(population, ends, strict=True)
        ]
        control, test = (ratio(*end) for end in ends)
        shapley = _integral(ends, population)
        same(
            told[tuple(named(wanted))],
            {
                "metric_test": test,
                "metric_control": control,
                "metric_test_over_metric_control": test and control and test / control,
                "metric_test_over_complement": test and complements[1] and test / complements[1],
                "aumann_shapley_attribution": shapley,
                "contribution": abs(shapley),
            },
        )
    parts = [told[(f"shop={each}",)]["aumann_shapley_attribution"] for each in "abc"]
    whole = told[("all",)]["aumann_shapley_attribution"]
    assert math.fsum(parts) == pytest.approx(whole, rel=1e-9)


def _integral(ends, population, steps=2000):
    """Simpson's rule over the straight way from control to test."""

    def slope(t):
        now = [p0 + t * (p1 - p0) for p0, p1 in zip(*population, strict=True)]
        da, db = (e1 - e0 for e0, e1 in zip(*ends, strict=True))
        return da / now[1] - db * now[0] / now[1] ** 2

    weights = [1, *([4, 2] * (steps // 2))]
    weights[-1] = 1
    return sum(w * slope(i / steps) for i, w in enumerate(weights)) / (3 * steps)


@pytest.mark.parametrize("test_clicks", [1000.0, 1000.0000001, 1300.0, 5000.0, 1e-3])
def test_an_attribution_keeps_its_digits_however_the_divisor_changes(shop, test_clicks):
    rows = f"""(
        select 'a' as k, 3.0 as x, 400.0 as n, false as is_test union all
        select 'b', 5.0, 600.0, false union all
        select 'a', 4.0, {test_clicks} * 0.25, true union all
        select 'b', 6.0, {test_clicks} * 0.75, true)"""
    told = by_name(insights(shop, "sum(x) / sum(n)", rows, min_apriori_support=0.0))
    parts = [told[(f"k={each}",)]["aumann_shapley_attribution"] for each in "ab"]
    whole = told[("all",)]["aumann_shapley_attribution"]
    assert whole == pytest.approx(10 / test_clicks - 8 / 1000, rel=1e-9)
    assert sum(parts) == pytest.approx(whole, rel=1e-9, abs=1e-15)


def test_segments_of_a_sum_by_category(shop):
    rows = made_rows()
    told = by_name(
        insights(
            shop, "SUM(x)/COUNT(DISTINCT month)", columns="x, month, shop, kind, size, is_test",
            min_apriori_support=0.0,
        )
    )  # fmt: skip

    def measure(inside, side):
        months = {row["month"] for row in inside if row["is_test"] is side} - {None}
        return ratio(total(inside, "x", side), len(months))

    of_all = {side: measure(rows, side) for side in (True, False)}
    for wanted, inside in segments(rows):
        test, control = measure(inside, True), measure(inside, False)
        difference = None if test is None or control is None else test - control
        same(
            told[tuple(named(wanted))],
            {
                "metric_test": test,
                "metric_control": control,
                "difference": difference,
                "relative_difference": difference and control and difference / control,
                "metric_test_over_population": test and test / of_all[True],
                "metric_control_over_population": control and control / of_all[False],
            },
        )


def kept(rows, min_support, prunes, names=DIMENSIONS):
    """Return the contributors that are told, by brute force."""
    all_test, all_control = total(rows, "x", True), total(rows, "x", False)
    every = []
    for wanted, inside in segments(rows, names):
        sums = total(inside, "x", True), total(inside, "x", False)
        every.append((wanted, sums, max(sums[0] / all_test, sums[1] / all_control)))
    return {
        tuple(named(wanted))
        for wanted, sums, support in every
        if not wanted
        or (
            support >= min_support
            and not (
                prunes
                and any(
                    wanted.items() < other.items() and sums == others for other, others, _ in every
                )
            )
        )
    }


@pytest.mark.parametrize("prunes", [False, True])
@pytest.mark.parametrize("min_support", [0.02, 0.1, 0.3])
def test_small_and_redundant_segments_are_left_out(shop, min_support, prunes):
    rows = made_rows(60, levels=4)
    store(shop, "few", rows)
    found = insights(
        shop, "SUM(x)", "shop.few", "x, shop, kind, size, is_test",
        min_apriori_support=min_support,
        pruning_method="PRUNE_REDUNDANT_INSIGHTS" if prunes else "NO_PRUNING",
    )  # fmt: skip
    assert set(by_name(found)) == kept(rows, min_support, prunes)


def test_the_segments_of_largest_support_are_told(shop):
    columns = "x, shop, kind, size, is_test"
    every = insights(shop, "SUM(x)", columns=columns, min_apriori_support=0.0)
    largest = sorted((row["apriori_support"] for row in every), reverse=True)[:7]
    found = insights(shop, "SUM(x)", columns=columns, top_k_insights_by_apriori_support=7)
    assert sorted((row["apriori_support"] for row in found), reverse=True) == largest


@pytest.mark.parametrize("prunes", [False, True])
def test_many_dimensions_are_searched_level_by_level(shop, prunes):
    names = tuple(f"d{i}" for i in range(14))
    rows = made_rows(40, names=names, levels=2)
    store(shop, "wide", rows)
    columns = f"x, is_test, {', '.join(names)}"
    pruning = "PRUNE_REDUNDANT_INSIGHTS" if prunes else "NO_PRUNING"
    found = by_name(
        insights(shop, "SUM(x)", "shop.wide", columns, min_apriori_support=0.4,
                 pruning_method=pruning)
    )  # fmt: skip
    driven = shop.sql(
        f"select drivers from ai.key_drivers((select {columns} from shop.wide), "
        f"metric_col => 'x', dimension_cols => {list(names[:12])}, "
        f"interest_label_col => 'is_test', min_apriori_support => 0.4, enable_pruning => false)"
    ).fetchall()
    if not prunes:
        early = {key for key in found if not any("d12=" in k or "d13=" in k for k in key)}
        assert early == {tuple(drivers) for (drivers,) in driven}
    assert len(found) > 20
    few = insights(shop, "SUM(x)", "shop.wide", columns, top_k_insights_by_apriori_support=10,
                   pruning_method=pruning)  # fmt: skip
    assert len(few) == 10


def test_key_drivers_are_the_insights_of_a_sum(shop):
    columns = "x, shop, kind, size, is_test"
    model = insights(shop, "SUM(x)", columns=columns, pruning_method="PRUNE_REDUNDANT_INSIGHTS")
    found = shop.sql(
        "select * from ai.key_drivers(table shop.sales, metric_col => 'sum(X)', "
        "dimension_cols => ['shop', 'kind', 'size'], interest_label_col => 'is_test')"
    )
    assert found.columns[:6] == ["drivers", *DIMENSIONS, "metric_interest", "metric_reference"]
    assert found.fetchall() == [tuple(row.values()) for row in model]


def test_decimals_are_summed_exactly(shop):
    rows = """(select cast(0.1 as numeric) as x, 'a' as k, i <= 10 as is_test
               from unnest(generate_array(1, 20)) as i)"""
    (row,) = [r for r in insights(shop, "SUM(x)", rows) if r["contributors"] == ["all"]]
    assert (str(row["metric_test"]).rstrip("0"), row["difference"]) == ("1.", 0)


def test_rows_without_a_dimension_or_a_side_are_left_out(shop):
    rows = """(select * from unnest([
        struct(1 as x, 'a' as k, true as is_test), (2, null, true), (4, 'a', false),
        (8, 'a', cast(null as bool))]))"""
    told = by_name(insights(shop, "SUM(x)", rows))
    assert (told[("all",)]["metric_test"], told[("all",)]["metric_control"]) == (1, 4)
