"""`status --deploy`: what a pipeline asks, and `snapshot`: what was signed."""

import json
import shutil
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import BEN, TODAY
from tests.cli.commands import Command
from tests.cli.registers import own_register
from tests.factories import AURORA
from tests.services.acts import act
from tests.services.reviewing import (
    D1,
    METHOD,
    REV,
    S1,
    S2,
    a_condition,
    a_ready_launch,
    a_review,
    a_signed_review,
    all_sign,
    decided,
    recommended,
    renewed,
    something_material_happens,
    the_review,
)
from tracker.cli import keys
from tracker.domain.review_words import Outcome
from tracker.domain.words import ExposureStage
from tracker.services.reviews import start_review
from tracker.store.engine import Store

UNTIL = TODAY + timedelta(days=90)
PREVIEW = ExposureStage.LIMITED_PREVIEW
ROLLOUT = ("--deploy", "v1", "--stage", "staged rollout")


@pytest.fixture
def store(home: Path, register_with_cast: Path) -> Generator[Store]:
    """The register of the command, open."""
    home.mkdir()
    shutil.copy(register_with_cast, home / "register.db")
    with own_register(home) as found:
        yield found


def answer(
    command: Command, code: int, *asked: str, today: str = TODAY.isoformat()
) -> dict[str, Any]:
    """The part of the JSON about the deployment; the text says the same and gives that code."""
    ran = command("status", AURORA, *(asked or ROLLOUT), "--today", today, "--json")
    assert (ran.code, ran.err) == (code, "")
    found = json.loads(ran.out)["deploy"]
    text = command("status", AURORA, *(asked or ROLLOUT), "--today", today)
    assert text.code == code
    first = text.out.splitlines()[0]
    assert first.startswith("Go: " if code == 0 else "Stop: ")
    assert found["why"].removesuffix(".") in first
    return found


def test_before_a_decision_nothing_is_covered(command: Command, store: Store) -> None:
    a_ready_launch(store)
    found = answer(command, 4)
    assert (found["covered"], found["decision"]) == (False, None)
    assert (found["version"], found["stage"]) == ("v1", "staged rollout")
    assert found["configuration"] == "as shipped"
    a_signed_later(store)
    assert answer(command, 4)["covered"] is False


def test_what_was_decided_goes_out_until_its_day(command: Command, store: Store) -> None:
    a_signed_review(store)
    decided(store, until=UNTIL)
    found = answer(command, 0)
    assert found == {
        "version": "v1",
        "configuration": "as shipped",
        "stage": "staged rollout",
        "answer": "Ready",
        "covered": True,
        "cover": "covered",
        "decision": D1,
        "until": UNTIL.isoformat(),
        "override": None,
        "why": f"D-1 covers it until {UNTIL.isoformat()}",
    }
    past = (UNTIL + timedelta(days=1)).isoformat()
    assert answer(command, 4, today=past)["cover"] == "expired"


@pytest.mark.parametrize(
    "asked",
    [
        ("--deploy", "v2", "--stage", "staged rollout"),
        ("--deploy", "v1", "--stage", "general availability"),
        (*ROLLOUT, "--configuration", "with tools"),
    ],
)
def test_another_version_configuration_or_wider_stage_is_not_covered(
    command: Command, store: Store, asked: tuple[str, ...]
) -> None:
    a_signed_review(store)
    decided(store)
    assert answer(command, 4, *asked)["covered"] is False
    assert answer(command, 0, *ROLLOUT, "--configuration", "as shipped")["covered"] is True


def test_a_decision_against_goes_nowhere(command: Command, store: Store) -> None:
    a_signed_review(store)
    decided(store, outcome=Outcome.NO_GO, exposure_stage=ExposureStage.NONE, until=None)
    assert answer(command, 4)["cover"] == "decided against"


def test_a_restricted_decision_covers_its_stage_alone(command: Command, store: Store) -> None:
    a_signed_review(store)
    decided(store, outcome=Outcome.RESTRICTED, exposure_stage=PREVIEW)
    assert answer(command, 4)["cover"] == "a stage beyond the decision"
    assert answer(command, 0, "--deploy", "v1", "--stage", "limited preview")["covered"]


def test_open_conditions_leave_it_to_a_person(command: Command, store: Store) -> None:
    a_signed_review(store)
    decided(store, outcome=Outcome.GO_WITH_CONDITIONS, conditions=(a_condition(),))
    found = answer(command, 3)
    assert found["answer"] == "Ready with conditions"
    assert "C-1" in found["why"]
    overdue = (TODAY + timedelta(days=31)).isoformat()
    assert answer(command, 4, today=overdue)["answer"] == "Not ready"


def test_an_override_leaves_it_to_a_person(command: Command, store: Store) -> None:
    a_signed_review(store)
    recommended(store, outcome=Outcome.NO_GO, exposure_stage=ExposureStage.NONE)
    decided(store, override_reason="The advice was timid.")
    found = answer(command, 3)
    assert (found["covered"], found["override"]) == (True, "The advice was timid.")


def test_what_became_not_ready_is_stopped_although_it_was_decided(
    command: Command, store: Store
) -> None:
    a_signed_review(store)
    decided(store)
    something_material_happens(store)
    assert answer(command, 4)["answer"] == "Not ready"


def test_a_snapshot_is_shown_with_the_hashes_of_its_sections(
    command: Command, store: Store
) -> None:
    a_review(store)
    shown = command("snapshot", AURORA, "--json").json()
    latest = the_review(store).snapshot
    assert list(shown) == list(keys.SNAPSHOT)
    assert (shown["ref"], shown["sha256"], shown["review"]) == (S1, latest.sha256, REV)
    assert [one["name"] for one in shown["sections"]] == [one.name for one in latest.sections]
    assert shown["sections"][0]["material"] == latest.sections[0].material
    assert shown["earlier"] == []
    text = command("snapshot", AURORA)
    assert text.out.startswith(f"{S1}  {latest.sha256}\n")
    assert "identity not authenticated" in text.out
    assert latest.sections[-1].material in text.out


def test_earlier_snapshots_are_named(command: Command, store: Store) -> None:
    a_review(store)
    first = the_review(store).snapshot
    something_material_happens(store)
    renewed(store)
    shown = command("snapshot", AURORA, "--json").json()
    assert shown["ref"] == S2
    assert [(one["ref"], one["sha256"]) for one in shown["earlier"]] == [(S1, first.sha256)]
    assert f"Before: {S1}  {first.sha256}" in command("snapshot", AURORA).out


def test_a_launch_without_a_snapshot_or_no_launch_is_refused(
    command: Command, store: Store
) -> None:
    a_ready_launch(store)
    assert "Starting a review takes the first one" in command("snapshot", AURORA).refusal()
    assert "no launch “nothing”" in command("snapshot", "nothing").refusal()


def a_signed_later(store: Store) -> None:
    """Review and signatures, and still no decision."""
    start_review(store, act(BEN), METHOD, AURORA)
    all_sign(store)
