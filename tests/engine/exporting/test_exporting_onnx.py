"""Models as ONNX graphs: what onnxruntime computes of them is what ML.PREDICT does."""

import math

import pytest
from exported_models import MODELS, flat

from goldloop.exporting.onnx_graph import NULL_TEXT

onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")


def feeds(session, name):
    import numpy as np

    card = session.model(f"ml.{name}").card()
    rows = session.connection.execute(
        "select " + ", ".join(f'"{each.name}"' for each in card.features) + " from fresh"
    ).fetchall()
    columns = {}
    for place, each in enumerate(card.features):
        values = [row[place] for row in rows]
        if each.sql_type == "VARCHAR":
            filled = [[NULL_TEXT if value is None else value] for value in values]
            columns[each.name] = np.array(filled, dtype=object)
        else:
            filled = [[math.nan if value is None else float(value)] for value in values]
            columns[each.name] = np.array(filled, dtype=np.float64)
    return columns


@pytest.mark.parametrize("name", MODELS)
def test_the_graph_computes_what_the_function_does(session, name):
    content = session.model(f"ml.{name}").export("onnx")
    runtime = onnxruntime.InferenceSession(content)
    outputs = [output.name for output in runtime.get_outputs()]
    found = dict(zip(outputs, runtime.run(None, feeds(session, name)), strict=True))
    said = session.connection.execute(f"select ml.{name}(f) from fresh as f").fetchall()
    for row, (theirs,) in enumerate(said):
        expected = flat(theirs)
        assert set(outputs) == set(expected)
        for column, value in expected.items():
            ours = found[column][row][0]
            if isinstance(value, str):
                assert ours == value
            elif value is None:
                assert ours == NULL_TEXT if isinstance(ours, str) else math.isnan(ours)
            else:
                assert ours == pytest.approx(float(value), rel=1e-9)


def test_an_exported_graph_can_be_imported_again(session, tmp_path):
    path = tmp_path / "line.onnx"
    session.sql(f"export model ml.line options (uri = '{path}')")
    session.sql(
        f"create or replace model ml.again options (model_type = 'onnx', model_path = '{path}')"
    )
    rows = "(select age, flag::double as flag, coalesce(brand, '_null_filler') as brand from fresh)"
    ours = session.sql(f"select predicted_y from ml.predict(model ml.again, {rows})").fetchall()
    theirs = session.sql(
        "select predicted_y from ml.predict(model ml.line, table fresh)"
    ).fetchall()
    assert [row[0] for row in ours] == pytest.approx([row[0] for row in theirs], rel=1e-9)
    assert session.model("ml.again").export("onnx") == path.read_bytes()
    session.sql("drop model ml.again")
