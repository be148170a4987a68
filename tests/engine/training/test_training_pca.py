import numpy as np
import pytest
from rich_rows import standardised
from sklearn.decomposition import PCA

from goldloop.errors import OptionError, TrainingDataError

NUMBERS = """
    select i as id, sin(i) * 10 as a, i % 7 as b, cos(i * i) as c, if(i % 9 = 0, null, ln(i)) as d
    from range(1, 80) as r(i)
"""


def numbers(warehouse, scale=True):
    rows = warehouse.rows(f"select a, b, c, d from ({NUMBERS}) order by id")
    x = np.array(rows, dtype=float)
    z = x - np.nanmean(x, axis=0)
    z = z / np.nanstd(x, axis=0, ddof=1) if scale else z
    return np.nan_to_num(z)


def pca(warehouse, query=f"select * exclude (id) from ({NUMBERS})", **options):
    return warehouse.build("m", query, model_type="pca", **options)


@pytest.mark.parametrize("solver", ["auto", "full", "randomized"])
@pytest.mark.parametrize("scale", [True, False])
def test_components_of_numbers_are_those_of_scikit_learn(warehouse, solver, scale):
    pca(warehouse, num_principal_components=3, scale_features=scale, pca_solver=solver)
    x = numbers(warehouse, scale)
    # Filling NULLs by the mean keeps it: scikit-learn's own centring changes nothing.
    fitted = PCA(3, svd_solver="full").fit(x)
    info = warehouse.rows(
        "select eigenvalue, explained_variance_ratio, cumulative_explained_variance_ratio "
        f"from {warehouse.part('m', 'principal_component_info')} order by principal_component_id"
    )
    expected = np.column_stack(
        [
            fitted.explained_variance_,
            fitted.explained_variance_ratio_,
            fitted.explained_variance_ratio_.cumsum(),
        ]
    )
    np.testing.assert_allclose(info, expected, rtol=1e-9)
    scored = warehouse.rows(f"select unnest(m(t)) from ({NUMBERS}) as t order by id")
    np.testing.assert_allclose(scored, fitted.transform(x), atol=1e-9)
    assert warehouse.card("m").metrics["total_explained_variance_ratio"] == pytest.approx(
        fitted.explained_variance_ratio_.sum(), rel=1e-12
    )


def eigen(matrix):
    values, vectors = np.linalg.eigh(matrix.T @ matrix / (len(matrix) - 1))
    order = np.argsort(-values)
    directions = vectors.T[order]
    largest = np.abs(directions).argmax(axis=1)
    return values[order], directions * np.sign(directions[range(len(order)), largest])[:, None]


def test_one_hot_columns_are_not_centred_and_any_row_is_projected(
    trained, scores, warehouse, training_rows, scored_rows
):
    trained("pca", num_principal_components=4)
    values, directions = eigen(standardised(training_rows, training_rows))
    x = standardised(training_rows, scored_rows)
    found = scores(", ".join(f"principal_component_{i}" for i in range(1, 5)))
    np.testing.assert_allclose(np.transpose(found), x @ directions[:4].T, atol=1e-9)
    info = warehouse.rows(
        f"select explained_variance_ratio from {warehouse.part('m', 'principal_component_info')}"
    )
    np.testing.assert_allclose(np.ravel(info), values[:4] / values.sum(), rtol=1e-9)


def test_the_reconstruction_error_is_over_the_columns_of_the_query(
    trained, warehouse, training_rows, scored_rows
):
    trained("pca", num_principal_components=4)
    _, directions = eigen(standardised(training_rows, training_rows))
    x = standardised(training_rows, scored_rows)
    left = x - x @ directions[:4].T @ directions[:4]
    columns = len(warehouse.card("m").features)
    assert columns < x.shape[1]
    found = warehouse.rows(
        f"select {warehouse.part('m', 'reconstruct')}(f).mean_squared_error from fresh as f "
        "order by id"
    )
    np.testing.assert_allclose(np.ravel(found), (left**2).sum(axis=1) / columns, rtol=1e-9)


def test_as_few_components_are_kept_as_explain_more_than_the_ratio(warehouse):
    ratios = PCA().fit(numbers(warehouse)).explained_variance_ratio_.cumsum()
    for solver in ("full", "randomized"):
        for count in (1, 2, 3):
            pca(
                warehouse,
                pca_explained_variance_ratio=float(ratios[count - 1] - 1e-6),
                pca_solver=solver,
            )
            kept = warehouse.rows(
                f"select count(*) from {warehouse.part('m', 'principal_component_info')}"
            )
            assert kept == [(count,)]


def test_a_component_is_listed_with_every_feature_and_category(warehouse):
    query = "select i::double as n, ['x', 'y', null][i % 3 + 1] as word from range(30) as r(i)"
    pca(warehouse, query, num_principal_components=1)
    rows = warehouse.rows(f"select * from {warehouse.part('m', 'principal_components')}")
    (_, number, value, none), (_, word, nothing, levels) = rows
    assert (number, none, word, nothing) == ("n", [], "word", None)
    assert [level["category"] for level in levels] == ["x", "y", "_null_filler"]
    assert np.linalg.norm([value, *(level["value"] for level in levels)]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "needs num_principal_components"),
        (
            {"num_principal_components": 2, "pca_explained_variance_ratio": 0.5},
            "num_principal_components and pca_explained_variance_ratio exclude each other",
        ),
        ({"pca_explained_variance_ratio": 1.0}, r"expected a number in \(0, 1\)"),
        ({"num_principal_components": 0}, r"is 0; expected an integer in \[1, inf\)"),
    ],
)
def test_sizes_that_cannot_be_are_refused(warehouse, options, message):
    with pytest.raises(OptionError, match=message):
        pca(warehouse, **options)


def test_more_components_than_columns_are_refused(warehouse):
    with pytest.raises(TrainingDataError, match="is 5; expected at most 4: there are 79 rows"):
        pca(warehouse, num_principal_components=5)


def test_rows_that_do_not_vary_are_refused(warehouse):
    with pytest.raises(TrainingDataError, match="no feature varies"):
        pca(warehouse, "select 1.5 as x from range(5)", num_principal_components=1)
