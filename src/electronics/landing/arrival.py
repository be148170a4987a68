"""Landing: writes the files whose day has come and that are not there yet."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from electronics.landing.calendar import FIRST_AS_OF, HISTORY_START, LAST_DAY
from electronics.landing.errors import LandingError
from electronics.landing.feeds import FEEDS, Feed
from electronics.landing.files import encode, write_atomically
from electronics.landing.photographs import SOURCES
from electronics.landing.world import World


@dataclass(frozen=True)
class Landed:
    """What a landing did: the date landed so far, and the files it wrote."""

    as_of: np.datetime64
    tables: int
    photographs: int


def land(
    folder: Path,
    as_of: np.datetime64 | None = None,
    *,
    seed: int = 7,
    scale: float = 1.0,
    workers: int | None = None,
    photographs_of: Collection[str] = SOURCES,
) -> Landed:
    """Lands everything up to a date; what is there stays, and time never goes back.

    Args:
        folder: the landing zone; made if it does not exist.
        as_of: the date; the default is the first as-of date.
        seed: the world's seed.
        scale: factor on repair requests and photographs.
        workers: processes that render photographs; the default is one per core.
        photographs_of: the sources whose photographs are rendered; the manifest lists all.

    Raises:
        LandingError: for a date outside the simulated time, a folder of another world, or
            photographs of an unknown source.
    """
    as_of = FIRST_AS_OF if as_of is None else as_of.astype("datetime64[D]")
    if not HISTORY_START <= as_of <= LAST_DAY:
        raise LandingError(
            f"as-of date {as_of}: the simulated time is {HISTORY_START} to {LAST_DAY}; "
            "give a date within it"
        )
    if unknown := sorted(set(photographs_of) - set(SOURCES)):
        raise LandingError(
            f"photographs of {', '.join(unknown)}: the sources are {', '.join(SOURCES)}"
        )
    world = World(seed, scale)
    _claim(folder, world)
    tables = sum(_land_feed(folder, feed, world, as_of) for feed in FEEDS)
    due = world.photographs[world.photographs["landing_day"] <= pd.Timestamp(as_of)]
    due = due[due["source"].isin(list(photographs_of))]
    photographs = _land_photographs(folder, due, workers)
    landed_so_far = max(as_of, landed_as_of(folder) or as_of)
    write_atomically(folder / "as_of", f"{landed_so_far}\n".encode())
    return Landed(landed_so_far, tables, photographs)


def land_next_week(
    folder: Path,
    *,
    seed: int = 7,
    scale: float = 1.0,
    workers: int | None = None,
    photographs_of: Collection[str] = SOURCES,
) -> Landed:
    """Lands the week after the date landed so far; arguments and errors as `land`."""
    so_far = landed_as_of(folder)
    if so_far is None:
        raise LandingError(
            f"{folder} has no file `as_of`, so no week is next: run `python -m electronics land`"
        )
    return land(
        folder,
        so_far + 7,
        seed=seed,
        scale=scale,
        workers=workers,
        photographs_of=photographs_of,
    )


def landed_as_of(folder: Path) -> np.datetime64 | None:
    """The date landed so far, or None if nothing landed yet."""
    path = folder / "as_of"
    if not path.exists():
        return None
    text = path.read_text().strip()
    try:
        return np.datetime64(text, "D")
    except ValueError as error:
        raise LandingError(
            f"{path} holds {text!r}, expected a date YYYY-MM-DD: put it right, or land anew"
        ) from error


def _claim(folder: Path, world: World) -> None:
    """Marks a folder with its world, so that two worlds never mix in it."""
    path, mark = folder / "world", f"seed {world.seed}, scale {world.scale:g}\n"
    if not path.exists():
        write_atomically(path, mark.encode())
    elif path.read_text() != mark:
        raise LandingError(
            f"{folder} holds the world of {path.read_text().strip()}, not of {mark.strip()}: "
            "use the same, or remove the folder"
        )


def _land_feed(folder: Path, feed: Feed, world: World, as_of: np.datetime64) -> int:
    rows = feed.rows(world)
    days = rows.pop("landing_day").astype("datetime64[s]")
    is_due = (days <= pd.Timestamp(as_of)) | (days == feed.ahead_of_time)
    written = 0
    for day, of_day in rows[is_due].groupby(days[is_due]):
        path = folder / feed.name / f"{feed.name}_{day:%Y-%m-%d}.{feed.extension}"
        if not path.exists():
            write_atomically(path, encode(of_day, feed.extension))
            written += 1
    return written


def _land_photographs(folder: Path, rows: pd.DataFrame, workers: int | None) -> int:
    # Imported late: the tables land without an imaging library.
    from electronics.landing.render import land_photographs

    return land_photographs(folder, rows, workers)
