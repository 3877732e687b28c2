"""Where the versioned text files of the product are, and their bytes."""

from pathlib import Path

import tracker
from tracker.domain.errors import DataFileMissing


def data_folder() -> Path:
    """Return the folder of the data files: inside an installed package, else beside it."""
    package = Path(tracker.__file__).resolve().parent
    bundled = package / "_bundle" / "data"
    return bundled if bundled.is_dir() else package.parent / "data"


def read_data(name: str, folder: Path | None = None) -> bytes:
    """Return the bytes of one data file, such as `policy_areas.yaml`.

    Args:
        name: Path below the data folder.
        folder: Another folder to look in, for tests and trials.

    Raises:
        DataFileMissing: The file is missing or cannot be read.
    """
    path = (folder or data_folder()) / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataFileMissing(name, error.strerror or "cannot be read") from error


def read_folder(name: str, folder: Path | None = None) -> dict[str, bytes]:
    """Return the YAML and CSV files below one folder of the data folder: path inside it to bytes.

    Args:
        name: Path below the data folder.
        folder: Another data folder, for tests and trials.

    Raises:
        DataFileMissing: The folder is missing or holds no such file.
    """
    top = (folder or data_folder()) / name
    found = (path for path in top.rglob("*") if path.suffix in {".yaml", ".csv"})
    names = sorted(path.relative_to(top).as_posix() for path in found)
    if not names:
        raise DataFileMissing(name, "there is no such folder, or it is empty")
    return {inside: read_data(inside, top) for inside in names}
