"""MODEL_TYPE='ONNX': a graph scores as onnxruntime does, from the bytes the warehouse keeps."""

import numpy as np
import pytest

import goldloop
from goldloop.errors import GoldloopError, OptionError
from goldloop.scoring import onnx as scoring

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")
FLOAT, INT64, STRING = (
    onnx.TensorProto.FLOAT,
    onnx.TensorProto.INT64,
    onnx.TensorProto.STRING,
)


def tensor(name, kind, *shape):
    return onnx.helper.make_tensor_value_info(name, kind, shape)


def save(path, nodes, inputs, outputs, constants=()):
    graph = onnx.helper.make_graph(nodes, "g", inputs, outputs, list(constants))
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8
    )
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def affine(tmp_path):
    """A graph of scalars, [rows, 1] and [rows]: y = 2 a + b."""
    two = onnx.helper.make_tensor("two", FLOAT, [1], [2.0])
    flat = onnx.helper.make_tensor("flat", INT64, [1], [-1])
    nodes = [
        onnx.helper.make_node("Reshape", ["a", "flat"], ["a1"]),
        onnx.helper.make_node("Mul", ["a1", "two"], ["a2"]),
        onnx.helper.make_node("Add", ["a2", "b"], ["y"]),
    ]
    return save(
        tmp_path / "affine.onnx",
        nodes,
        [tensor("a", FLOAT, None, 1), tensor("b", FLOAT, None)],
        [tensor("y", FLOAT, None)],
        [two, flat],
    )


def create(session, path, clauses=""):
    session.sql(
        f"create or replace model ml.m {clauses} options (model_type = 'ONNX', "
        f"model_path = '{path}')"
    )


def test_scalars_are_columns_and_missing_numbers_are_nan(session, rows, score, affine):
    create(session, affine)
    found = np.array([np.nan if y is None else y for y in score("y")])
    run = onnxruntime.InferenceSession(affine.read_bytes()).run
    feeds = {
        "a": rows[["a"]].to_numpy(np.float32),
        "b": rows["b"].to_numpy(np.float32),
    }
    np.testing.assert_array_equal(found, run(None, feeds)[0].astype(float))


def test_tensors_of_several_numbers_are_arrays_and_integers_are_exact(session, score, tmp_path):
    path = save(
        tmp_path / "m.onnx",
        [
            onnx.helper.make_node("ReduceSum", ["x", "axis"], ["total"], keepdims=1),
            onnx.helper.make_node("Neg", ["x"], ["negated"]),
            onnx.helper.make_node("Identity", ["key"], ["same"]),
            onnx.helper.make_node("Identity", ["word"], ["said"]),
        ],
        [tensor("x", FLOAT, None, 3), tensor("key", INT64, None), tensor("word", STRING, None, 1)],
        [
            tensor("total", FLOAT, None, 1),
            tensor("negated", FLOAT, None, 3),
            tensor("same", INT64, None),
            tensor("said", STRING, None, 1),
        ],
        [onnx.helper.make_tensor("axis", INT64, [1], [1])],
    )
    create(session, path)
    session.connection.execute(
        "create table t as select * from (values (1, [1.5, 2, 3], 9007199254740993, 'ä'),"
        " (2, null, 1, 'b'), (3, [1, 2, 4], null, 'c')) as v(id, x, key, word)"
    )
    assert score("total") == [6.5, None, None]
    assert score("negated")[0] == [-1.5, -2, -3]
    assert score("same") == [9007199254740993, None, None]
    assert score("said") == ["ä", None, None]
    session.connection.execute(
        "create table short as select 1 as id, [1.0] as x, 1 as key, 'a' as word"
    )
    with pytest.raises(
        GoldloopError, match="'x' of an ONNX model has 1 values in a row; expected 3"
    ):
        score("total", "short")


def test_the_file_is_not_needed_once_it_is_imported(tmp_path, affine):
    path = tmp_path / "warehouse.duckdb"
    with goldloop.connect(path) as session:
        session.sql("create schema ml")
        create(session, affine)
    affine.unlink()
    scoring.MODELS.clear()  # as another process would, it reads what is stored
    with goldloop.connect(path, read_only=True) as session:
        query = "select y from ml.predict(model ml.m, (select 1.5 as a, 2.0 as b))"
        assert session.sql(query).fetchall() == [(5.0,)]


def test_a_dropped_model_leaves_no_bytes(session, affine):
    create(session, affine)
    session.sql("drop model ml.m")
    assert session.sql("select count(*) from goldloop.artifacts").fetchall() == [(0,)]


def test_no_rows_are_no_predictions(session, rows, score, affine):
    create(session, affine)
    session.connection.execute("create table none as select * from t limit 0")
    assert score("y", "none") == []


def test_what_is_no_tensor_of_rows_is_refused(session, tmp_path, affine):
    cube = save(
        tmp_path / "cube.onnx",
        [onnx.helper.make_node("Identity", ["x"], ["y"])],
        [tensor("x", FLOAT, None, 2, 2)],
        [tensor("y", FLOAT, None, 2, 2)],
    )
    noise = tmp_path / "noise.onnx"
    noise.write_bytes(b"noise")
    for path, said in [(cube, "has the shape"), (noise, "is no model that onnxruntime reads")]:
        with pytest.raises(OptionError, match=said):
            create(session, path)
    with pytest.raises(OptionError, match="INPUT and OUTPUT are not supported for ONNX"):
        create(session, affine, "input (a float64)")


def test_without_the_runtime_the_extra_is_named(session, affine, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(GoldloopError, match=r"needs onnxruntime; install it with `pip install"):
        create(session, affine)
