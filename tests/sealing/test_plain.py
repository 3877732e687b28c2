"""Records as JSON can hold them, and back: nothing is lost, nothing wrong is taken."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from tests.readiness.sealed import a_sealed_launch
from tests.readiness.whole_launches import whole_launches
from tracker.domain.changes import ChainHead
from tracker.domain.evidence import Slot
from tracker.domain.records import PersonRecord, PolicyAreaRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.snapshots import Plain
from tracker.domain.state import LaunchInputs
from tracker.domain.words import GateType, Role
from tracker.readers.profile import packaged_profile
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import NotPlain, as_plain, from_plain


def through_json(value: object) -> Any:
    return json.loads(canonical_bytes(as_plain(value)))


@settings(max_examples=40, deadline=None)
@given(inputs=whole_launches())
def test_a_launch_comes_back_equal(inputs: LaunchInputs) -> None:
    assert from_plain(LaunchInputs, through_json(inputs)) == inputs


def test_a_launch_with_every_kind_of_record_comes_back_equal() -> None:
    inputs = a_sealed_launch()
    assert from_plain(LaunchInputs, through_json(inputs)) == inputs


def test_a_scoring_profile_comes_back_with_the_same_bytes() -> None:
    """Profiles are compared by identity, so their bytes are compared here."""
    profile = packaged_profile()
    again = from_plain(ScoringProfile, through_json(profile))
    assert canonical_bytes(as_plain(again)) == canonical_bytes(as_plain(profile))
    assert again.lower_bounds == profile.lower_bounds
    assert again.scales == profile.scales


@dataclass(frozen=True)
class Odd:
    by_name: Mapping[str, int] | None
    at: datetime
    on: date
    where: Slot
    pair: tuple[str, float]


def test_each_kind_of_value_has_one_plain_form() -> None:
    person = PersonRecord("ada", "Ada", frozenset({Role.VIEWER, Role.ADMIN}), ("cbrn",), True)
    assert as_plain(person) == {
        "key": "ada",
        "name": "Ada",
        "roles": ["admin", "viewer"],
        "leads": ["cbrn"],
        "active": True,
        "version": 1,
        "sign_in": None,
    }
    assert as_plain({("b", "x"): 1, ("a", "y"): 2}) == [[["a", "y"], 2], [["b", "x"], 1]]
    assert as_plain(Slot("Inspect", "task", "metric")) == ["Inspect", "task", "metric"]
    assert as_plain(date(2026, 11, 24)) == "2026-11-24"


def test_a_moment_is_the_same_whatever_zone_it_was_told_in() -> None:
    paris = datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=1)))
    assert as_plain(paris) == "2026-11-24T09:00:00Z"
    assert from_plain(datetime, "2026-11-24T09:00:00Z") == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_a_field_added_later_takes_its_default_in_an_older_text() -> None:
    plain = through_json(PersonRecord("ada", "Ada", frozenset(), (), True))
    del plain["sign_in"]
    assert from_plain(PersonRecord, plain).sign_in is None


AREA = PolicyAreaRecord("cbrn", "CBRN", "catastrophic", "Catastrophic", GateType.EVAL, "What", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", "1"),
        ("position", True),
        ("position", 1.0),
        ("code", None),
        ("gate_type", "no such type"),
        ("unknown", "field"),
    ],
)
def test_text_that_does_not_fit_is_refused(field: str, value: Plain) -> None:
    with pytest.raises(NotPlain, match="this is no PolicyAreaRecord"):
        from_plain(PolicyAreaRecord, {**through_json(AREA), field: value})


@pytest.mark.parametrize(
    "plain", [None, [], "text", {"length": 1}, {"length": 1, "hash": "a", "more": 2}]
)
def test_a_record_is_made_of_an_object_with_its_fields_alone(plain: Plain) -> None:
    with pytest.raises(NotPlain):
        from_plain(ChainHead, plain)


def test_a_value_without_a_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes has no plain form"):
        as_plain(b"bytes")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        as_plain(datetime(2026, 11, 24, 9))  # noqa: DTZ001


@pytest.mark.parametrize("plain", [[1, 2], {"a": 1}, ["a"], ["a", 1.0, 2]])
def test_a_pair_has_two_places(plain: Plain) -> None:
    odd = through_json(
        Odd(
            None,
            datetime(2026, 1, 1, tzinfo=UTC),
            date(2026, 1, 1),
            Slot("a", "b", "c"),
            ("x", 1.0),
        )
    )
    with pytest.raises(NotPlain):
        from_plain(Odd, {**odd, "pair": plain})
