"""What stands after a decision, told: cover, exposures, acceptances and conditions with clocks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from tests.cast import ADA, BEN, CLEO, DANA, TODAY
from tests.factories import AURORA, a_risk, an_assessment
from tests.services.acts import act, state
from tests.services.decided import (
    NOWHERE,
    STAGED,
    a_condition,
    a_decided_launch,
    launch_version,
)
from tests.services.evidence_files import a_reviewed_launch
from tests.services.test_acceptances import PICKS, a_draft
from tracker.domain.review_state import Cover
from tracker.domain.review_words import (
    AcceptanceState,
    ConditionState,
    CoverState,
    ExposureStep,
    Outcome,
)
from tracker.domain.state import LaunchState
from tracker.domain.words import Level, Verdict
from tracker.readers.profile import packaged_profile
from tracker.readiness.deploying import Clearance
from tracker.services.acceptances import ask_acceptance
from tracker.services.exposure import expose, step_back
from tracker.store.engine import Store
from tracker.views import standing as view


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def exposed(store: Store, **fields: bool) -> None:
    expose(store, act(ADA, "It went out."), AURORA, STAGED, launch_version(store), **fields)


def test_what_runs_nowhere_is_covered_by_nothing_and_says_so(sqlite_store: Store) -> None:
    a_reviewed_launch(sqlite_store)
    launch = state(sqlite_store)
    assert view.headline(launch) == "The model runs nowhere"
    assert launch.standing is not None
    told = view.cover_words(launch.standing.cover, STAGED)
    assert told.startswith("Asks for staged rollout: not decided (")
    assert view.exposure_frame(launch).empty


def test_what_a_decision_covers_is_told_until_when(sqlite_store: Store) -> None:
    a_decided_launch(sqlite_store)
    exposed(sqlite_store)
    launch = state(sqlite_store)
    until = TODAY + timedelta(days=30)
    assert view.headline(launch) == f"Runs at staged rollout, covered until {until.isoformat()}"
    (line,) = view.exposure_frame(launch).to_dict("records")
    assert (line["stages"], line["covered"]) == ("none → staged rollout", "D-1")


def test_what_runs_uncovered_is_said_in_the_headline_and_in_its_row(sqlite_store: Store) -> None:
    a_reviewed_launch(sqlite_store)
    exposed(sqlite_store, uncovered=True)
    launch = state(sqlite_store)
    assert view.headline(launch).startswith("UNCOVERED: it runs at staged rollout")
    frame = view.exposure_frame(launch)
    assert dtypes(frame) == view.EXPOSURES
    assert frame["covered"].tolist() == ["✖ uncovered"]


def test_the_newest_step_comes_first_and_a_step_back_needs_no_cover(sqlite_store: Store) -> None:
    a_decided_launch(sqlite_store)
    exposed(sqlite_store)
    step_back(sqlite_store, act(DANA, "A recipe."), AURORA, ExposureStep.PAUSE, NOWHERE)
    frame = view.exposure_frame(state(sqlite_store))
    assert frame["covered"].tolist() == ["needs none", "D-1"]
    assert frame["reason"].tolist() == ["A recipe.", "It went out."]


def test_a_decision_stands_beside_the_gate_result_of_its_day(sqlite_store: Store) -> None:
    a_decided_launch(
        sqlite_store, outcome=Outcome.NO_GO, stage=NOWHERE, until=None, gate_result=Verdict.READY
    )
    frame = view.decision_frame([state(sqlite_store)])
    assert dtypes(frame) == view.DECISIONS
    (line,) = frame.to_dict("records")
    assert (line["launch"], line["ref"], line["by"]) == ("Aurora 1", "D-1", "Fay")
    assert (line["gate_result"], line["recommended"]) == ("Ready", "nothing")
    assert line["covers"] == "v1, as shipped"
    assert pd.isna(line["until"])


def test_an_acceptance_that_nobody_signed_is_told_as_that(sqlite_store: Store) -> None:
    a_reviewed_launch(sqlite_store)
    risk = a_risk(sqlite_store)
    an_assessment(sqlite_store, risk, DANA, PICKS[Level.HIGH])
    ask_acceptance(sqlite_store, act(BEN), packaged_profile(), risk, a_draft())
    frame = view.acceptance_frame([state(sqlite_store)])
    assert dtypes(frame) == view.ACCEPTANCES
    (line,) = frame.to_dict("records")
    assert (line["ref"], line["risk"], line["level"]) == ("A-1", "R-1", "High")
    assert (line["state"], line["signed_by"]) == (str(AcceptanceState.ASKED), "nobody yet")
    assert line["left"] == "asked for, not accepted"


def test_the_clocks_of_a_historical_launch_say_on_which_day_they_stand(
    sqlite_store: Store,
) -> None:
    a_reviewed_launch(sqlite_store, as_of=TODAY)
    risk = a_risk(sqlite_store)
    an_assessment(sqlite_store, risk, DANA, PICKS[Level.HIGH])
    ask_acceptance(sqlite_store, act(BEN), packaged_profile(), risk, a_draft())
    (left,) = view.acceptance_frame([state(sqlite_store)])["left"]
    assert left == f"asked for, not accepted, read as of {TODAY.isoformat()}"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Verdict.READY, "Go on; D-1 covers it"),
        (Verdict.READY_WITH_CONDITIONS, "Stop, a person decides; D-1 covers it"),
        (Verdict.NOT_READY, "Stop; D-1 covers it"),
    ],
)
def test_what_a_pipeline_is_told_stops_it_unless_all_is_well(answer: Verdict, words: str) -> None:
    told = Clearance(answer, Cover(None, CoverState.COVERED, ""), "D-1 covers it")
    assert view.pipeline_words(told) == f"A pipeline that asks today is told: {words}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "has run out"),
        (0, "runs out today"),
        (1, "runs out tomorrow"),
        (5, "runs out in 5 days"),
    ],
)
def test_the_clock_of_an_acceptance_is_told_in_days(days: int, words: str) -> None:
    until = TODAY + timedelta(days=days)
    assert view.left_words(until, TODAY, AcceptanceState.IN_FORCE) == words
    assert view.left_words(until, TODAY, AcceptanceState.ENDED) == "ended"


def test_what_is_met_stands_below_what_is_open_and_the_earliest_is_first(
    sqlite_store: Store,
) -> None:
    decision = a_decided_launch(sqlite_store)
    met = {"state": ConditionState.MET, "settled_by": "ben", "settled_on": TODAY}
    a_condition(sqlite_store, decision, due=TODAY, **met)
    a_condition(sqlite_store, decision, due=TODAY + timedelta(days=9))
    a_condition(sqlite_store, decision, due=TODAY + timedelta(days=2))
    frame = view.conditions_of([state(sqlite_store)])
    assert dtypes(frame) == view.REGISTER_CONDITIONS
    assert frame["ref"].tolist() == ["C-3", "C-2", "C-1"]
    assert set(frame["launch"]) == {"Aurora 1"}


def test_whoever_has_no_duty_is_offered_nothing(sqlite_store: Store) -> None:
    a_decided_launch(sqlite_store)
    launch = state(sqlite_store)
    assert view.may_do_something(DANA, launch)
    assert not view.may_do_something(CLEO, launch)
    assert not view.may_do_something(None, launch)


def test_the_headline_of_a_historical_launch_says_of_which_day_it_speaks(
    by_key: Mapping[str, LaunchState],
) -> None:
    launch = by_key["gpt-4-2023-03"]
    assert view.headline(launch).endswith("covered until 2023-09-10, read as of 2023-03-14")


def test_nothing_known_of_decisions_is_not_taken_for_cover(
    by_key: Mapping[str, LaunchState],
) -> None:
    unknown = replace(by_key["gpt-4-2023-03"], standing=None)
    assert view.headline(unknown).startswith("UNCOVERED")
