"""The reference pipeline in a folder of its own: landed, built, and asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]


class Vendor:
    """One vendor's world: a landing zone of one seed and the warehouse built from it.

    Attributes:
        database: the warehouse.
        shown: what the last conversation showed in the terminal.
    """

    def __init__(self, folder: Path, seed: int = 7, photographs_of: str = "") -> None:
        self.folder = folder
        self.database = folder / "warehouse.duckdb"
        self.shown = ""
        self._environment = os.environ | {
            "GOLDLOOP_LANDING": str(folder / "landing"),
            "GOLDLOOP_DATABASE": str(self.database),
            "GOLDLOOP_SEED": str(seed),
            "GOLDLOOP_PHOTOGRAPHS_OF": photographs_of,
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def land(self) -> None:
        """Land the history."""
        self._run(sys.executable, "-m", "electronics", "land", "--as-of", "2026-06-28")

    def land_next_week(self) -> None:
        """Land one more week."""
        self._run(sys.executable, "-m", "electronics", "next")

    def build(self, *selection: str) -> dict[str, str]:
        """Run `dbt build`; return each node's status by its name."""
        target = self.folder / "target"
        self._run(
            str(Path(sys.executable).with_name("dbt")),
            "build",
            *("--project-dir", str(ROOT), "--profiles-dir", str(ROOT)),
            *("--target-path", str(target), "--log-path", str(self.folder / "logs")),
            *("--no-use-colors", *selection),
        )
        results = json.loads((target / "run_results.json").read_text())["results"]
        return {result["unique_id"]: result["status"] for result in results}

    def chat(self, *said: str) -> None:
        """Hold a conversation about the newest accepted quote."""
        command = str(Path(sys.executable).with_name("goldloop-chat"))
        self.shown = self._run(command, said="\n".join(said))

    def ask(self, query: str) -> list[tuple]:
        """Return the rows of a query on the warehouse."""
        with duckdb.connect(str(self.database), read_only=True) as con:
            return con.execute(query).fetchall()

    def _run(self, *command: str, said: str = "") -> str:
        done = subprocess.run(
            command,
            env=self._environment,
            cwd=ROOT,
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}{done.stderr}"
        return done.stdout
