"""What the landing tests share: small landings, read back as the pipeline reads them."""

import hashlib
import json
from pathlib import Path

import pandas as pd

SCALE = 0.1


def digests(folder: Path) -> dict[str, str]:
    """Relative path → SHA-256 of every file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(folder: Path, feed: str) -> pd.DataFrame:
    """All rows of a feed as text, each with the landing day of its file."""
    frames = []
    for path in sorted((folder / feed).iterdir()):
        is_parquet = path.suffix == ".parquet"
        rows = pd.read_parquet(path) if is_parquet else pd.read_csv(path, dtype=str)
        frames.append(rows.assign(landing_day=landing_day(path)))
    return pd.concat(frames, ignore_index=True)


def chat_lines(folder: Path) -> list[str]:
    paths = sorted((folder / "repair_chats").glob("*.jsonl"))
    return [line for path in paths for line in path.read_text().splitlines()]


def is_json(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def landing_day(path: Path) -> str:
    return path.stem.rsplit("_", 1)[1]
