"""Files that the command writes: whole or not at all, and never over another by accident."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tracker.domain.errors import InvalidInput


@contextmanager
def placed(target: Path, *, force: bool) -> Generator[Path]:
    """Give a path to write to, and move it to its place once the block ends well.

    Args:
        target: Where the file shall be.
        force: Whether it may replace one that is there.

    Raises:
        InvalidInput: Something is there already, or the place cannot be written.
    """
    if target.is_dir():
        raise InvalidInput({str(target): "is a folder"}, "Name a file.")
    if target.exists() and not force:
        raise InvalidInput({str(target): "is there already"}, "Choose another name, or --force.")
    try:
        with tempfile.TemporaryDirectory(prefix=".holdpoint-", dir=target.parent) as folder:
            draft = Path(folder) / target.name
            yield draft
            draft.replace(target)
    except OSError as error:
        raise InvalidInput(
            {str(target): f"cannot be written ({error.strerror})"}, "Choose another place."
        ) from error
