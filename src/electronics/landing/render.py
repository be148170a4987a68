"""Photographs become files, on all cores."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from electronics.landing.files import write_atomically
from electronics.photographs import encode_png, render_photograph

# Below this, starting processes takes longer than rendering.
FEW = 100
CHUNK = 25


@dataclass(frozen=True)
class Photograph:
    """How to render one photograph and where it goes."""

    path: Path
    device_kind: str
    damage_type: str
    severity: float
    view: str
    render_seed: int
    in_view: str
    is_truncated: bool


def land_photographs(folder: Path, rows: pd.DataFrame, workers: int | None = None) -> int:
    """Renders and writes those photographs that have no file yet.

    Args:
        folder: the landing zone.
        rows: photographs whose landing day has come, as `World.photographs` has them.
        workers: processes; the default is one per core.

    Returns:
        The number of files written.
    """
    wanted = list(_photographs(folder, rows))
    there = {path for parent in {p.path.parent for p in wanted} for path in parent.glob("*.png")}
    missing = [photograph for photograph in wanted if photograph.path not in there]
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(missing) < FEW:
        for photograph in missing:
            _write(photograph)
        return len(missing)
    # Not fork: the parent may hold threads of Arrow or BLAS.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for _ in pool.map(_write, missing, chunksize=CHUNK):
            pass
    return len(missing)


def _photographs(folder: Path, rows: pd.DataFrame) -> Iterator[Photograph]:
    for row in rows[rows["file"] != "missing"].itertuples():
        day = np.datetime_as_string(np.datetime64(row.landing_day), unit="D")
        path = folder / "photographs" / str(row.source) / str(day) / f"{row.photo_id}.png"
        yield Photograph(
            path=path,
            device_kind=str(row.device_kind),
            damage_type=str(row.damage_type),
            severity=float(row.severity),
            view=str(row.view),
            render_seed=int(row.render_seed),
            in_view=str(row.in_view),
            is_truncated=row.file == "truncated",
        )


def _write(photograph: Photograph) -> None:
    pixels = render_photograph(
        photograph.device_kind,
        photograph.damage_type,
        photograph.severity,
        photograph.view,
        photograph.render_seed,
        photograph.in_view,
    )
    content = encode_png(pixels)
    whole = len(content)
    write_atomically(photograph.path, content[: whole // 2] if photograph.is_truncated else content)
