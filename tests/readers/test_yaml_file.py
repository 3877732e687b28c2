import pytest
from pydantic import ValidationError

from tracker.domain.drafts import Draft
from tracker.domain.errors import ImportRejected
from tracker.domain.types import Pick, Title
from tracker.readers.yaml_file import MAX_BYTES, read_yaml


class Row(Draft):
    title: Title
    pick: Pick


class Sheet(Draft):
    rows: tuple[Row, ...]


def rejected(content: str | bytes) -> ImportRejected:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(ImportRejected) as caught:
        read_yaml(raw, "sheet.yaml", Sheet)
    return caught.value


def test_a_sound_file_is_read() -> None:
    sheet = read_yaml(b"rows:\n  - {title: First, pick: 3}\n", "sheet.yaml", Sheet)
    assert sheet.rows == (Row(title="First", pick=3),)


def test_every_wrong_place_is_named_with_its_line() -> None:
    error = rejected("rows:\n  - title: ''\n    pick: 3\n  - title: Second\n    pick: 9\n")
    assert set(error.rows) == {"line 2, rows.0.title", "line 5, rows.1.pick"}
    assert "sheet.yaml" in str(error)
    assert "Nothing was taken in" in error.remedy


def test_an_unknown_key_is_refused() -> None:
    error = rejected("rows:\n  - {title: First, pick: 3, colour: red}\n")
    assert list(error.rows) == ["line 2, rows.0.colour"]


def test_a_missing_key_is_named_where_it_should_stand() -> None:
    error = rejected("rows:\n  - {title: First}\n")
    assert error.rows == {"line 2, rows.0.pick": "field required"}


def test_a_truth_value_is_no_pick() -> None:
    assert "line 2, rows.0.pick" in rejected("rows:\n  - {title: First, pick: yes}\n").rows


def test_a_repeated_key_is_refused_though_yaml_lets_the_last_one_win() -> None:
    error = rejected("rows:\n  - title: First\n    pick: 3\n    pick: 4\n")
    assert error.rows == {"line 4": "the key “pick” appears twice"}


def test_an_alias_is_refused() -> None:
    error = rejected("rows:\n  - &a {title: First, pick: 3}\n  - *a\n")
    assert error.rows == {"line 2": "is repeated by an alias (*name); write it out"}


def test_a_tag_that_makes_objects_is_refused() -> None:
    error = rejected("rows: !!python/object/apply:os.getcwd []\n")
    assert list(error.rows) == ["line 1"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "whole file"),
        (b"# only a comment\n", "whole file"),
        (b"rows: [}", "line 1"),
        (b"rows: \xff\n", "byte 7"),
        (b"rows: 2023-99-99\n", "whole file"),
        (b"rows: a\x00b\n", "whole file"),
        (b"a: 1\n---\nb: 2\n", "line 2"),
        (b"[1, 2]\n", "line 1"),
    ],
)
def test_what_is_not_a_sound_file_is_refused_with_its_place(content: bytes, place: str) -> None:
    assert list(rejected(content).rows) == [place]


def test_a_file_that_is_too_large_is_not_even_parsed() -> None:
    assert rejected(b"[" * (MAX_BYTES + 1)).rows == {"whole file": "is larger than 1,000,000 bytes"}


def test_the_error_is_ours_and_not_the_library_s() -> None:
    assert not isinstance(rejected("rows: 3\n"), ValidationError)
