"""The solar cells: read from a folder, and the defect recipe measured on them."""

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from electronics.elpv import dataset_folder, elpv_quality, levels, read_cells


def test_a_folder_of_cells_is_read_in_order(tmp_path):
    (tmp_path / "images").mkdir()
    for number in (2, 1):
        Image.new("L", (300, 300), 100 * number).save(tmp_path / f"images/cell{number}.png")
    (tmp_path / "labels.csv").write_text(
        "images/cell2.png  0.3333333333333333 poly\nimages/cell1.png  1.0   mono\n"
    )
    cells = read_cells(tmp_path)
    assert cells["cell_id"].to_pylist() == ["cell1", "cell2"]
    assert cells["cell_type"].to_pylist() == ["mono", "poly"]
    assert cells["defect_probability"].to_pylist() == [1.0, pytest.approx(1 / 3)]
    seen = levels(cells["content"][0].as_py())
    assert seen.shape == (128, 128, 3)
    assert set(np.unique(seen)) == {100}


def test_the_detector_is_measured_on_cells_it_did_not_learn_from():
    rng = np.random.default_rng(0)
    probability = rng.choice([0.0, 1 / 3, 2 / 3, 1.0], 300)
    embedding = rng.normal(size=(300, 20))
    cells = pd.DataFrame(
        {
            "cell_type": rng.choice(["mono", "poly"], 300),
            "defect_probability": probability,
            "embedding": list(embedding),
            "brightness": rng.normal(size=300),
            "contrast": rng.normal(size=300),
        }
    )
    auc = elpv_quality(cells).set_index(["recipe", "cell_type"])["auc"]
    assert 0.35 < auc["detector", "all"] < 0.65  # noise teaches nothing
    cells["embedding"] = list(embedding + 3 * (probability > 0.5)[:, None])
    measured = elpv_quality(cells).set_index(["recipe", "cell_type"])
    assert (measured.loc["detector", "auc"] > 0.95).all()
    assert measured.loc[("share of defects", "all"), "auc"] < 0.6
    both = measured.loc[[("detector", "mono"), ("detector", "poly")], "n_defective"].sum()
    assert both == measured.loc[("detector", "all"), "n_defective"] == (probability > 0.5).sum()


def test_the_installed_package_has_all_cells():
    pytest.importorskip("elpv_dataset")
    cells = read_cells(dataset_folder())
    assert len(cells) == 2624
    assert cells["cell_type"].to_pylist().count("mono") == 1074
