"""Reviews to copy from, made once: tests of many people and roles need no review of their own."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.conftest import opened_copy
from tests.services.reviewing import a_review, a_signed_review
from tracker.store.engine import Store


@pytest.fixture(scope="session")
def review_file(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a review that was just started."""
    return _made(register_with_cast, tmp_path_factory.mktemp("reviewed"), a_review)


@pytest.fixture(scope="session")
def signed_file(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a review that everybody has signed."""
    return _made(register_with_cast, tmp_path_factory.mktemp("signed"), a_signed_review)


@pytest.fixture
def review_store(review_file: Path, tmp_path: Path) -> Generator[Store]:
    """A register of one's own with a review that was just started, in a SQLite file."""
    with opened_copy(review_file, tmp_path) as found:
        yield found


@pytest.fixture
def signed_store(signed_file: Path, tmp_path: Path) -> Generator[Store]:
    """A register of one's own with a review that everybody has signed, in a SQLite file."""
    with opened_copy(signed_file, tmp_path) as found:
        yield found


def _made(cast: Path, folder: Path, scene: Callable[[Store], str]) -> Path:
    with opened_copy(cast, folder) as store:
        scene(store)
    return folder / "register.db"
