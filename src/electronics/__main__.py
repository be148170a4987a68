"""Command line of the simulated vendor: `python -m electronics land` and `… next`."""

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

from electronics.landing import LandingError, land, land_next_week


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit code (0 done, 2 not possible as asked)."""
    given = _parser().parse_args(arguments)
    world = {"seed": given.seed, "scale": given.scale, "workers": given.workers}
    if given.photographs_of:
        world["photographs_of"] = given.photographs_of.split(",")
    began = time.perf_counter()
    try:
        if given.command == "next":
            landed = land_next_week(given.landing, **world)
        else:
            landed = land(given.landing, given.as_of, **world)
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    seconds = time.perf_counter() - began
    print(
        f"landed as of {landed.as_of}: {landed.tables} new files of tables, "
        f"{landed.photographs} new photographs in {given.landing} ({seconds:.1f} s)"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m electronics", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    to_date = commands.add_parser("land", help="land every file up to a date")
    to_date.add_argument(
        "--as-of", type=_date, metavar="DATE", help="default: 2026-06-28, the first build's"
    )
    next_week = commands.add_parser("next", help="land one more week")
    environment = os.environ.get
    for command in (to_date, next_week):
        command.add_argument(
            "--landing", type=Path, default=environment("GOLDLOOP_LANDING", "landing"),
            help="folder (GOLDLOOP_LANDING, else landing)",
        )  # fmt: skip
        command.add_argument(
            "--seed", type=int, default=environment("GOLDLOOP_SEED", "7"),
            help="seed of the world (GOLDLOOP_SEED, else 7)",
        )  # fmt: skip
        command.add_argument(
            "--scale", type=float, default=environment("GOLDLOOP_SCALE", "1"),
            help="factor on repair requests and photographs, for tests (GOLDLOOP_SCALE, else 1)",
        )  # fmt: skip
        command.add_argument(
            "--workers", type=int, default=None, help="processes (default: one per core)"
        )
        command.add_argument(
            "--photographs-of", metavar="SOURCE,…", default=environment("GOLDLOOP_PHOTOGRAPHS_OF"),
            help="render these sources' photographs only, for tests (GOLDLOOP_PHOTOGRAPHS_OF, "
            "else all)",
        )  # fmt: skip
    return parser


def _date(text: str) -> np.datetime64:
    try:
        return np.datetime64(text, "D")
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date YYYY-MM-DD") from error


if __name__ == "__main__":
    sys.exit(main())
