"""Equal values give equal bytes, and nothing ambiguous has any."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.words import EvidenceGrade, ReviewStatus
from tracker.sealing.canonical import canonical_bytes

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="abcäé", max_size=5), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        (("x", 1.5), '["x",1.5]'),
        (0.1, "0.1"),
        (1e22, "1e+22"),
        ("é<\u2028>", '"é<\u2028>"'),
        (EvidenceGrade.A, '"A"'),
        ({ReviewStatus.IN_REVIEW: 1}, '{"in review":1}'),
        (date(2026, 3, 2), '"2026-03-02"'),
        (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), '"2026-03-02T09:30:00Z"'),
        (datetime(2026, 3, 2, 9, 30, 0, 7, tzinfo=UTC), '"2026-03-02T09:30:00.000007Z"'),
        (MappingProxyType({"a": 1}), '{"a":1}'),
    ],
)
def test_a_value_is_written_in_one_way(value: object, written: str) -> None:
    assert canonical_bytes(value) == written.encode("utf-8")


def test_composed_and_decomposed_text_are_the_same() -> None:
    assert canonical_bytes({"e\u0301": "e\u0301"}) == canonical_bytes({"é": "é"})


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    here = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert canonical_bytes(here) == canonical_bytes(here.astimezone(UTC))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="no canonical form"):
        canonical_bytes([number])


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        canonical_bytes(datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point


def test_keys_that_become_the_same_text_are_refused() -> None:
    with pytest.raises(ValueError, match="same text"):
        canonical_bytes({"é": 1, "e\u0301": 2})


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        canonical_bytes("\ud800")


@pytest.mark.parametrize("value", [b"x", bytearray(b"x"), {1}, Decimal(1), object(), {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes({"x": value})


@given(documents)
def test_writing_and_reading_back_and_writing_gives_the_same_bytes(document: object) -> None:
    written = canonical_bytes(document)
    assert canonical_bytes(json.loads(written)) == written


@given(st.dictionaries(st.text(alphabet="abcxyz", max_size=5), st.integers()), st.randoms())
def test_the_order_of_keys_does_not_matter(mapping: dict[str, int], chance: object) -> None:
    keys = list(mapping)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert canonical_bytes({key: mapping[key] for key in keys}) == canonical_bytes(mapping)
