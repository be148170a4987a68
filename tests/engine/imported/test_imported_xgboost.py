"""MODEL_TYPE='XGBOOST': a saved booster scores in SQL as XGBoost does."""

import numpy as np
import pytest
import xgboost

from goldloop.errors import NotExpressibleError, OptionError
from goldloop.registry.builder import build_model
from goldloop.registry.names import ModelName
from goldloop.registry.request import BuildRequest

OBJECTIVES = {
    "reg:squarederror": lambda y: y,
    "reg:absoluteerror": lambda y: y,
    "count:poisson": lambda y: np.round(np.abs(y)),
    "binary:logistic": lambda y: y > 0,
    "binary:logitraw": lambda y: y > 0,
    "binary:hinge": lambda y: y > 0,
    "multi:softprob": lambda y: np.digitize(y, [-1, 1]),
    "multi:softmax": lambda y: np.digitize(y, [-1, 1]),
}


def booster(rows, objective="reg:squarederror", names=True, **parameters):
    y = OBJECTIVES.get(objective, lambda y: y)(rows["a"] * 2 + rows["b"].fillna(1))
    data = rows if names else rows.to_numpy()
    if objective.startswith("multi"):
        parameters["num_class"] = 3
    depth = {} if parameters.get("booster") == "gblinear" else {"max_depth": 3}
    given = {"objective": objective, **depth, **parameters}
    return xgboost.train(given, xgboost.DMatrix(data, y), 6)


def create(session, path, clauses=""):
    session.sql(
        f"create or replace model ml.m {clauses} options (model_type = 'XGBOOST', "
        f"model_path = '{path}')"
    )


@pytest.mark.parametrize("ending", ["json", "ubj"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_booster_scores_as_the_library_does(session, rows, score, tmp_path, objective, ending):
    trained = booster(rows, objective)
    path = tmp_path / f"m.{ending}"
    trained.save_model(path)
    create(session, path)
    path.unlink()
    expected = trained.predict(xgboost.DMatrix(rows))
    assert np.array(score("predicted_label")) == pytest.approx(expected, rel=2e-6, abs=1e-7)


def test_input_and_output_name_what_the_file_does_not(session, rows, score, tmp_path):
    trained = booster(rows, names=False)
    trained.save_model(tmp_path / "m.ubj")
    with pytest.raises(OptionError, match="does not name its 2 features; name them in order"):
        create(session, tmp_path / "m.ubj")
    create(session, tmp_path / "m.ubj", "input (a float64, b float64) output (guess float64)")
    expected = trained.predict(xgboost.DMatrix(rows.to_numpy()))
    assert np.array(score("guess")) == pytest.approx(expected, rel=2e-6, abs=1e-7)
    with pytest.raises(OptionError, match="INPUT names a; the booster has 2 features"):
        create(session, tmp_path / "m.ubj", "input (a float64)")
    with pytest.raises(OptionError, match="OUTPUT names 2 columns"):
        create(
            session, tmp_path / "m.ubj", "input (a float64, b float64) output (x float64, y int64)"
        )


def test_the_model_is_a_card_like_any_other(session, rows, tmp_path):
    booster(rows).save_model(tmp_path / "m.ubj")
    create(session, tmp_path / "m.ubj")
    (card,) = session.models()
    assert (card.model_type, card.problem_type, card.scoring) == ("xgboost", "imported", "sql")
    assert [(f.name, f.sql_type) for f in card.features] == [("a", "DOUBLE"), ("b", "DOUBLE")]
    session.sql("drop model ml.m")
    assert session.models() == []


def test_what_cannot_be_imported_is_refused_and_the_model_before_serves(
    session, rows, score, tmp_path
):
    booster(rows).save_model(tmp_path / "m.ubj")
    create(session, tmp_path / "m.ubj")
    before = score("predicted_label")
    (tmp_path / "noise.ubj").write_bytes(b"noise")
    booster(rows, booster="gblinear").save_model(tmp_path / "linear.json")
    for path, kind, said in [
        ("gs://bucket/m.ubj", OptionError, "files of gs:// are not fetched"),
        (tmp_path / "n.ubj", OptionError, "cannot be read: No such file or directory. Did you"),
        (tmp_path, OptionError, "cannot be read: Is a directory"),
        (tmp_path / "noise.ubj", OptionError, "is no booster that XGBoost"),
        (tmp_path / "linear.json", NotExpressibleError, "A booster is 'gblinear'"),
    ]:
        with pytest.raises(kind, match=said):
            create(session, path)
    assert score("predicted_label") == before


def test_an_import_takes_no_query_and_a_training_no_input(session, rows, tmp_path):
    booster(rows).save_model(tmp_path / "m.ubj")
    options = f"options (model_type = 'xgboost', model_path = '{tmp_path / 'm.ubj'}')"
    with pytest.raises(OptionError, match="is imported from its file and trained on nothing"):
        session.sql(f"create model ml.m {options} as select 1 as a")
    with pytest.raises(OptionError, match="INPUT and OUTPUT are of imported models"):
        session.sql(
            "create model ml.m input (a float64) options (model_type = 'linear_reg', "
            "input_label_cols = ['b']) as select a, b from t"
        )
    with pytest.raises(OptionError, match="needs option model_path"):
        session.sql("create model ml.m options (model_type = 'xgboost')")


def test_in_dbt_a_comment_stands_for_no_query(session, rows, score, tmp_path):
    booster(rows).save_model(tmp_path / "m.ubj")
    request = BuildRequest(
        ModelName("ml", "m"),
        "-- imported",
        {"model_type": "xgboost", "model_path": str(tmp_path / "m.ubj")},
    )
    assert build_model(session.connection, request).outcome == "trained"
    assert build_model(session.connection, request).outcome == "unchanged"
    assert len(score("predicted_label")) == 80
