import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ImportRejected
from tracker.readers.evidence import json_stream as module
from tracker.readers.evidence.json_stream import from_start, selected

WANTED = frozenset({"version", "a.b", "rows.item.id", "rows.item.score", "deep.item.item.x"})
ENDS = frozenset({"rows.item", "rows"})

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "id", "score", "x", "rows", "item"]), inner)
    ),
    max_leaves=20,
)
DOCUMENTS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("version", "a", "rows", "deep", "other"), VALUES)
)


def found(content: bytes, **options: Any) -> list[tuple[str, object]]:
    return list(selected(lambda: from_start(BytesIO(content)), WANTED, ends=ENDS, **options))


def refusal(content: bytes) -> dict[str, str]:
    with pytest.raises(ImportRejected) as caught:
        found(content)
    return caught.value.rows


def test_wanted_parts_come_in_the_order_of_the_file_with_their_ends() -> None:
    content = (
        b'{"version": 2, "x": [1], "rows": [{"id": 1, "score": {"v": [1]}}, {}], "a": {"b": 0.5}}'
    )
    assert found(content) == [
        ("version", 2),
        ("rows.item.id", 1),
        ("rows.item.score", {"v": [1]}),
        ("rows.item", None),
        ("rows.item", None),
        ("rows", None),
        ("a.b", 0.5),
    ]


@given(DOCUMENTS)
def test_a_file_read_whole_gives_what_the_stream_gives(document: dict[str, Any]) -> None:
    """NaN at the very end makes the second copy fall back after everything was streamed."""
    streamed = found(json.dumps(document).encode())
    assert found(json.dumps({**document, "z": float("nan")}).encode()) == streamed
    assert found(json.dumps({"0": float("nan"), **document}).encode()) == streamed


def test_nan_and_infinities_are_read() -> None:
    content = b'{"version": 2, "rows": [{"id": NaN}, {"id": -Infinity}], "a": {"b": 1e999}}'
    values = [repr(value) for _, value in found(content) if value is not None]
    assert values == ["2", "nan", "-inf", "inf"]


def test_numbers_beyond_64_bits_are_read() -> None:
    assert found(b'{"version": 123456789012345678901234567890}') == [
        ("version", 123456789012345678901234567890)
    ]


def test_a_byte_order_mark_is_left_out() -> None:
    assert found(b'\xef\xbb\xbf{"version": 1}') == [("version", 1)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"version": 1', "line 1, column 14; it may have been cut off"),
        (b'{"version": 1}\n}', "line 2, column 1"),
        (b'{"version": "\xff"}', "not UTF-8 at byte 14"),
        (b'{"version": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b'{"version": NaN, "version": 2}', "appears twice"),
        (b'{"deep": ' + b"[" * 100_000, "nested more than 200 levels"),
        (b'{"deep": NaN, "rest": ' + b"[" * 100_000, "nested more than 200 levels"),
        (b'{"other": ' + b'{"a":' * 100_000, "nested more than 200 levels"),
        (b'{"version": ' + b'{"a":' * 100_000, "nested more than 200 levels"),
    ],
)
def test_broken_json_is_refused_with_its_place(content: bytes, words: str) -> None:
    assert words in refusal(content)["whole file"]


def test_keys_of_any_length_cost_no_more_than_the_file() -> None:
    """A parser that makes a path for each event ahead of time would need gigabytes here."""
    key = b'"' + b"k" * 1_000_000 + b'"'
    content = b'{"rows": [{' + key + b": {" + b'"a":1,' * 50_000 + b'"a":1}}]}'
    assert found(content) == [("rows.item", None), ("rows", None)]


def test_a_part_that_is_kept_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ITEM_EVENTS", 50)
    assert (
        "more than 50 values" in refusal(json.dumps({"version": [1] * 99}).encode())["whole file"]
    )
    assert found(json.dumps({"other": [1] * 99}).encode()) == []


def test_only_so_much_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TEXT_BYTES", 50)
    content = b'{"version": NaN, "other": "' + b"x" * 50 + b'"}'
    assert "too large to be read whole" in refusal(content)["whole file"]
    assert found(content.replace(b"NaN", b"1.5")) == [("version", 1.5)]
