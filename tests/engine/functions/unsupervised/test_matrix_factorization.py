"""MATRIX_FACTORIZATION against scikit-learn's ridge regressions and ranking metrics."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

import goldloop
from goldloop.errors import GoldloopError, OptionError, StatementError, TrainingDataError

USERS, ITEMS = 12, 7
_RANDOM = np.random.default_rng(4)
RATED = [
    (f"u{u}", i * 10, float(_RANDOM.integers(1, 6)))
    for u in range(USERS)
    for i in range(ITEMS)
    if _RANDOM.random() < 0.6 or i == u % ITEMS
]


@pytest.fixture(scope="module")
def session():
    with goldloop.connect() as session:
        con = session.connection
        con.execute(
            'create schema d; create table d.seen ("the user" text, film int, stars double)'
        )
        con.executemany("insert into d.seen values (?, ?, ?)", RATED)
        train(session, "explicit")
        train(session, "implicit", "feedback_type='implicit', wals_alpha=3.0")
        yield session


def train(session, name, options="", rows="d.seen", factors="num_factors=3, "):
    session.sql(
        f"create or replace model d.{name} options(model_type='matrix_factorization', "
        f"user_col='the user', item_col='film', rating_col='stars', {factors} l2_reg=0.5, "
        f"max_iterations=8, early_stop=false{', ' if options else ''}{options}) as "
        f"select * from {rows}"
    )


def factors(session, name):
    """Return {processed_input: {feature: (factors, intercept)}} and the global intercept."""
    found = {"the user": {}, "film": {}}
    rows = session.sql(f"select * from ml.weights(model d.{name})").fetchall()
    *sides, (nothing, name, none, overall) = rows
    assert (nothing, name, none) == (None, "global__INTERCEPT__", None)
    for side, feature, weights, intercept in sides:
        assert [weight["factor"] for weight in weights] == [1, 2, 3]
        found[side][feature] = (np.array([w["weight"] for w in weights]), intercept)
    return found["the user"], found["film"], overall


def test_the_items_are_the_ridge_regressions_on_the_users(session):
    users, films, mean = factors(session, "explicit")
    assert mean == pytest.approx(np.mean([stars for *_, stars in RATED]), rel=1e-12)
    for film, (weights, intercept) in films.items():
        raters = [(users[u], stars) for u, f, stars in RATED if f == int(film)]
        design = np.array([[*p, 1.0] for (p, _), _ in raters])
        target = np.array([stars - mean - b for (_, b), stars in raters])
        ridge = Ridge(alpha=0.5, fit_intercept=False).fit(design, target)
        np.testing.assert_allclose([*weights, intercept], ridge.coef_, rtol=1e-8, atol=1e-10)


def test_implicit_items_are_weighted_ridge_regressions_over_all_users(session):
    users, films, mean = factors(session, "implicit")
    assert mean == 0
    stars = {(user, film): value for user, film, value in RATED}
    for film, (weights, intercept) in films.items():
        given = [stars.get((user, int(film)), 0.0) for user in users]
        design = np.array([[*p, 1.0] for p, _ in users.values()])
        target = np.array(
            [float(s > 0) - b for s, (_, b) in zip(given, users.values(), strict=True)]
        )
        ridge = Ridge(alpha=0.5, fit_intercept=False)
        ridge.fit(design, target, sample_weight=1 + 3.0 * np.array(given))
        np.testing.assert_allclose([*weights, intercept], ridge.coef_, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", ["explicit", "implicit"])
def test_every_pair_is_scored_by_factors_and_intercepts(session, name):
    users, films, mean = factors(session, name)
    found = session.sql(f"select * from ml.recommend(model d.{name})")
    score = "predicted_stars" + ("_confidence" if name == "implicit" else "")
    assert found.columns == ["the user", "film", score]
    rows = found.fetchall()
    assert len(rows) == USERS * ITEMS
    for user, film, value in rows:
        (p, b), (q, c) = users[user], films[str(film)]
        assert value == pytest.approx(mean + b + c + p @ q, rel=1e-9, abs=1e-12)


def test_users_or_items_are_crossed_with_all_they_were_trained_with(session):
    every = {
        (user, film): value
        for user, film, value in session.sql(
            "select * from ml.recommend(model d.explicit)"
        ).fetchall()
    }
    for rows, count in [
        ("(select 'u3' as `the user`)", ITEMS),
        ("(select 20 as film, 'x' as note)", USERS),
        ("(select 20 as film, 'u5' as `THE USER`)", 1),
    ]:
        found = session.sql(f"select * from ml.recommend(model d.explicit, {rows})").fetchall()
        assert len(found) == count
        assert all(every[row[0], row[1]] == row[2] for row in found)
    noted = session.sql(
        "select * from ml.recommend(model d.explicit, (select 20 as film, 'x' as note))"
    )
    assert noted.columns == ["the user", "film", "predicted_stars", "note"]


def test_of_an_unknown_user_or_item_the_known_intercepts_remain(session):
    users, films, mean = factors(session, "explicit")
    cases = [
        ("'nobody'", "20", mean + films["20"][1]),
        ("'u3'", "999", mean + users["u3"][1]),
        ("'nobody'", "999", mean),
        ("null", "20", mean + films["20"][1]),
    ]
    for user, film, expected in cases:
        rows = f"(select {user} as `the user`, {film} as film)"
        for function in ("ml.predict", "ml.recommend"):
            (found,) = session.sql(
                f"select predicted_stars from {function}(model d.explicit, {rows})"
            ).fetchall()
            assert found[0] == pytest.approx(expected, rel=1e-12)


def test_explicit_feedback_is_evaluated_as_a_regression(session):
    stored = session.sql("select * from ml.evaluate(model d.explicit)").fetchall()
    again = session.sql("select * from ml.evaluate(model d.explicit, table d.seen)")
    assert again.columns[1] == "mean_squared_error"
    assert again.fetchall()[0] == pytest.approx(stored[0], rel=1e-12)


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_implicit_feedback_is_evaluated_by_its_ranking(session, share):
    users, films, _ = factors(session, "implicit")
    names, ids = sorted(users), sorted(films, key=int)
    scores = np.array(
        [[users[u][1] + films[f][1] + users[u][0] @ films[f][0] for f in ids] for u in names]
    )
    truth = np.zeros(scores.shape)
    kept = [row for n, row in enumerate(RATED) if n < share * len(RATED)]
    for user, film, stars in kept:
        truth[names.index(user), ids.index(str(film))] = stars
    rated = truth.sum(axis=1) > 0
    scores, truth = scores[rated], truth[rated]
    places = (-scores).argsort(axis=1).argsort(axis=1) / (len(ids) - 1)
    expected = (
        label_ranking_average_precision_score(truth > 0, scores),
        ((1 - scores[truth > 0]) ** 2).mean(),
        ndcg_score(truth, scores),
        (truth * places).sum() / truth.sum(),
    )
    session.connection.execute("create or replace table d.judged as from d.seen limit 0")
    session.connection.executemany("insert into d.judged values (?, ?, ?)", kept)
    found = session.sql("select * from ml.evaluate(model d.implicit, table d.judged)")
    assert found.columns == [
        "mean_average_precision",
        "mean_squared_error",
        "normalized_discounted_cumulative_gain",
        "average_rank",
    ]
    assert found.fetchall()[0] == pytest.approx(expected, rel=1e-9)
    if share == 1.0:
        stored = session.sql("select * from ml.evaluate(model d.implicit)").fetchall()[0]
        assert stored == pytest.approx(expected, rel=1e-9)


def test_embeddings_are_factors_and_then_the_intercept(session):
    users, films, _ = factors(session, "explicit")
    for function, column in [
        ("ml.generate_embedding", "ml_generate_embedding_result"),
        ("ai.generate_embedding", "embedding"),
    ]:
        found = session.sql(f"select * from {function}(model d.explicit)")
        assert found.columns == [column, "processed_input", "feature"]
        rows = found.fetchall()
        assert len(rows) == USERS + ITEMS
        for embedding, side, feature in rows:
            weights, intercept = (users if side == "the user" else films)[feature]
            assert embedding == [*weights, intercept]
    with pytest.raises(StatementError, match="has the embeddings of the users and items"):
        session.sql("select * from ml.generate_embedding(model d.explicit, table d.seen)")


def test_the_loss_falls_and_ends_where_progress_does(session):
    info = "select loss from ml.training_info(model d.{}) order by iteration"
    for name in ("explicit", "implicit"):
        losses = [loss for (loss,) in session.sql(info.format(name)).fetchall()]
        assert len(losses) == 8
        assert losses == sorted(losses, reverse=True)


def test_the_number_of_factors_grows_with_the_rows(session):
    train(session, "sized", factors="")
    found = session.sql(
        "select len(ml_generate_embedding_result) from ml.generate_embedding(model d.sized)"
    )
    assert set(found.fetchall()) == {(round(np.log2(len(RATED))) + 1,)}


def test_a_model_without_a_penalty_is_solved_by_least_norm(session):
    session.sql(
        "create or replace model d.free options(model_type='matrix_factorization', l2_reg=0.0, "
        "user_col='the user', item_col='film', rating_col='stars', num_factors=2) as "
        "select * from d.seen"
    )
    errors = session.sql("select mean_squared_error from ml.evaluate(model d.free)").fetchall()[0]
    assert errors[0] < 1


@pytest.mark.parametrize("kind", ["explicit", "implicit"])
def test_rows_held_out_are_evaluated(session, kind):
    train(
        session,
        "split",
        f"feedback_type='{kind}', data_split_method='custom', data_split_col='later'",
        "(select *, film = 20 as later from d.seen)",
    )
    card = session.model("d.split").card()
    assert card.evaluation_rows == sum(film == 20 for _, film, _ in RATED)


@pytest.mark.parametrize(
    ("rows", "options", "error", "message"),
    [
        ("(select *, 1 as more from d.seen)", "", TrainingDataError, "the column 'more'; expected"),
        ("(select * replace ('a' as stars) from d.seen)", "", TrainingDataError, "expected a numb"),
        (
            "(select * replace (nullif(film, 20) as film) from d.seen)",
            "",
            TrainingDataError,
            "column 'film' is NULL in",
        ),
        (
            "(select * replace (-stars as stars) from d.seen)",
            "feedback_type='implicit'",
            TrainingDataError,
            "'stars' is negative in",
        ),
        (
            "(select * replace (stars / 0 as stars) from d.seen)",
            "",
            GoldloopError,
            "NaN or infinity|division by zero|labelled row",
        ),
        ("d.seen", "wals_alpha=2.0", OptionError, "wals_alpha needs feedback_type='implicit'"),
        ("d.seen", "feedback_type='both'", OptionError, "expected one of explicit, implicit"),
        ("(select film, stars from d.seen)", "", TrainingDataError, "user_col names the column"),
    ],
)
def test_what_cannot_be_factorised_is_refused(session, rows, options, error, message):
    with pytest.raises(error, match=message):
        train(session, "bad", options, rows)


def test_one_column_cannot_be_both(session):
    with pytest.raises(OptionError, match="expected three different ones"):
        session.sql(
            "create model d.bad options(model_type='matrix_factorization', user_col='film', "
            "item_col='film', rating_col='stars') as select * from d.seen"
        )


def test_rows_without_users_and_items_are_refused(session):
    with pytest.raises(StatementError, match="neither the column 'the user' nor 'film'"):
        session.sql("select * from ml.recommend(model d.explicit, (select 1 as film_id))")
    with pytest.raises(GoldloopError, match="film"):
        session.sql("select * from ml.predict(model d.explicit, (select 'u1' as `the user`))")


def test_factors_are_not_exported_without_their_tables(session, tmp_path):
    with pytest.raises(GoldloopError, match="looks the factors of users and items up in tables"):
        session.sql(f"export model d.explicit options(uri='{tmp_path / 'model.sql'}')")


@pytest.mark.parametrize("name", ["explicit", "implicit"])
def test_trials_have_factors_of_their_own(session, name):
    train(
        session,
        "tuned",
        f"feedback_type='{name}', num_trials=2",
        factors="num_factors=hparam_candidates([2, 5]), ",
    )
    sizes = {
        len(embedding)
        for trial in (1, 2)
        for (embedding,) in session.sql(
            "select ml_generate_embedding_result from "
            f"ml.generate_embedding(model d.tuned, struct({trial} as trial_id))"
        ).fetchall()
    }
    assert len(sizes) == 2
    found = session.sql("select * from ml.recommend(model d.tuned)")
    assert found.columns[:3] == ["trial_id", "the user", "film"]
