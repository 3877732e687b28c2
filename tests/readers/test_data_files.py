from pathlib import Path

import pytest

from tracker.domain.errors import DataFileMissing
from tracker.readers.data_files import data_folder, read_data, read_folder


def test_every_data_file_says_where_it_comes_from() -> None:
    files = sorted(data_folder().rglob("*.yaml"))
    assert len(files) >= 24
    for path in files:
        opening = path.read_text(encoding="utf-8").split("\n\n")[0]
        assert "# Origin: " in opening, path


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_bytes(b"a: 1\r\n")
    assert read_data("some.yaml", tmp_path) == b"a: 1\r\n"


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataFileMissing) as caught:
        read_data("scoring_profile_p1.yaml", tmp_path)
    assert "data/scoring_profile_p1.yaml" in caught.value.what
    assert "Install Holdpoint again" in caught.value.remedy


def test_a_folder_in_its_place_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").mkdir()
    with pytest.raises(DataFileMissing, match="directory"):
        read_data("some.yaml", tmp_path)


def test_a_folder_is_read_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "demo" / "one").mkdir(parents=True)
    (tmp_path / "demo" / "one" / "facts.yaml").write_bytes(b"a: 1\n")
    (tmp_path / "demo" / "notes.txt").write_bytes(b"no")
    assert read_folder("demo", tmp_path) == {"one/facts.yaml": b"a: 1\n"}


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataFileMissing, match="data/demo"):
        read_folder("demo", tmp_path)
