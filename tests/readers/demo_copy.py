"""The demo's files with one place spoilt, and what is reported about them."""

import pytest

from tracker.domain.errors import ImportRejected
from tracker.readers.areas import packaged_areas
from tracker.readers.data_files import read_folder
from tracker.readers.demo import DEMO_FOLDER, read_demo

AREAS = tuple(area.code for area in packaged_areas())


def demo_files() -> dict[str, bytes]:
    return read_folder(DEMO_FOLDER)


def rejected(files: dict[str, bytes]) -> dict[str, str]:
    with pytest.raises(ImportRejected) as caught:
        read_demo(files, AREAS)
    return caught.value.rows


def rejected_with(name: str, before: str, after: str) -> dict[str, str]:
    """Spoil the first such place of one file and return what is reported."""
    files = demo_files()
    text = files[name].decode()
    assert before in text, before
    files[name] = text.replace(before, after, 1).encode()
    return rejected(files)
