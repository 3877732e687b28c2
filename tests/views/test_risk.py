from collections.abc import Mapping
from dataclasses import asdict

import pytest

from tests.cast import BEN
from tests.factories import (
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
)
from tests.services.acts import act, state
from tests.views.conftest import PROFILE, risk_of
from tracker.domain.drafts import RiskClosure
from tracker.domain.state import LaunchState
from tracker.domain.words import CloseReason, MitigationStatus
from tracker.services.risks import ask_closure
from tracker.store.engine import Store
from tracker.views.risk import (
    ASSESSMENT_DTYPES,
    FIGURE_DTYPES,
    MITIGATION_DTYPES,
    RiskView,
    originals,
    risk_view,
)

EVERY = {
    "figures": FIGURE_DTYPES,
    "assessments": ASSESSMENT_DTYPES,
    "mitigations": MITIGATION_DTYPES,
}


def test_every_risk_of_the_demo_can_be_shown_in_its_columns(
    states: tuple[LaunchState, ...],
) -> None:
    for launch in states:
        for risk in launch.risks:
            view = risk_view(risk, launch, PROFILE)
            for name, dtypes in EVERY.items():
                frame = getattr(view, name)
                assert {column: str(kind) for column, kind in frame.dtypes.items()} == dtypes
            assert view.title.startswith(risk.risk.short_ref)


def test_the_parts_add_up_to_the_priority_that_is_shown(gpt_4v: LaunchState) -> None:
    risk = risk_of(gpt_4v, "R-9")
    view = risk_view(risk, gpt_4v, PROFILE)
    assert sum(part.points for part in view.parts) == pytest.approx(risk.current.priority)


def test_the_sentence_names_whose_sum_it_is(gpt_4v: LaunchState) -> None:
    view = risk_view(risk_of(gpt_4v, "R-6"), gpt_4v, PROFILE)
    assert (
        "The sum is that of Safety policy lead, the upper median of 3 assessors." in view.sentence
    )
    roles = dict(zip(view.assessments["assessor"], view.assessments["status"], strict=True))
    assert roles["Safety policy lead"] == "central harm, central priority"


def test_an_unassessed_risk_has_no_figure_anywhere(gpt_4v: LaunchState) -> None:
    view = risk_view(risk_of(gpt_4v, "R-8"), gpt_4v, PROFILE)
    assert view.headline.startswith("UNASSESSED")
    assert view.figures["harm_score"].dropna().empty
    assert set(view.figures["level"]) == {"UNASSESSED"}
    assert view.parts == ()
    assert view.nist is None


def test_only_what_is_verified_counts_today(states: tuple[LaunchState, ...]) -> None:
    for launch in states:
        for risk in launch.risks:
            frame = risk_view(risk, launch, PROFILE).mitigations
            counting = frame[frame["counted"] > 0]
            assert set(counting["status"]) <= {"verified"}


def test_assessors_that_differ_by_two_are_named_per_factor(
    states: tuple[LaunchState, ...],
) -> None:
    for launch in states:
        for risk in launch.risks:
            told = risk_view(risk, launch, PROFILE).disagreement
            picks = [asdict(score.assessment.picks) for score in risk.scores]
            apart = sum(
                max(pick[name] for pick in picks) - min(pick[name] for pick in picks) >= 2
                for name in (picks[0] if picks else ())
            )
            assert told.count(" to ") == apart


def test_a_mitigation_that_introduces_a_risk_is_said_on_the_risk(
    states: tuple[LaunchState, ...],
) -> None:
    told = [
        (risk.ref, risk_view(risk, launch, PROFILE).introduced_by)
        for launch in states
        for risk in launch.risks
        if any(item.effect.introduces for item in risk.mitigations)
    ]
    assert told
    assert all("introduces or worsens this risk" in line for _, lines in told for line in lines)


def test_a_mitigation_behind_a_better_one_is_said_to_add_nothing(
    states: tuple[LaunchState, ...],
) -> None:
    idle = [
        (risk, launch)
        for launch in states
        for risk in launch.risks
        if any(item.adds_nothing for item in risk.mitigations)
    ]
    assert idle
    for risk, launch in idle:
        notes = list(risk_view(risk, launch, PROFILE).mitigations["note"])
        assert sum(note.startswith("adds nothing") for note in notes) == sum(
            item.adds_nothing for item in risk.mitigations if not item.effect.introduces
        )


def test_all_originals_are_shown_newest_first_with_their_own_scores(
    by_key: Mapping[str, LaunchState],
) -> None:
    launch = by_key["gpt-4v-2023-09"]
    risk = risk_of(launch, "R-6")
    given = [score.assessment for score in risk.scores]
    frame = originals(given, launch, PROFILE)
    assert len(frame) == 3
    assert len(frame["harm_score"].dropna()) == 3


def test_made_up_judgements_are_marked(gpt_4v: LaunchState) -> None:
    view = risk_view(risk_of(gpt_4v, "R-6"), gpt_4v, PROFILE)
    assert view.illustrative
    assert all("illustrative judgement" in text for text in view.assessments["rationale"])


CLOSURE = RiskClosure(close_reason=CloseReason.CANNOT_OCCUR, note="The feature was dropped.")


def _shown(store: Store, ref: str) -> RiskView:
    launch = state(store)
    return risk_view(risk_of(launch, ref.rpartition("/")[2]), launch, PROFILE)


def test_a_closure_that_was_asked_for_leaves_the_risk_open_and_says_so(
    sqlite_store: Store,
) -> None:
    ref = a_risk(sqlite_store, a_launch(sqlite_store))
    ask_closure(sqlite_store, act(BEN), ref, CLOSURE, 1)
    view = _shown(sqlite_store, ref)
    assert view.status == "open, closure asked for"
    assert view.closure == (
        "Ben asked to close it (cannot occur: The feature was dropped.). "
        "It stays open until a second person confirms."
    )


def test_a_closed_risk_names_both_people_and_the_reason(sqlite_store: Store) -> None:
    a_launch(sqlite_store)
    view = _shown(sqlite_store, a_closed_risk(sqlite_store))
    assert view.status.startswith("closed: ")
    assert "confirmed by" in view.closure


def test_a_verification_of_another_version_counts_nothing_and_says_why(
    sqlite_store: Store,
) -> None:
    ref = a_risk(sqlite_store, a_launch(sqlite_store))
    an_assessment(sqlite_store, ref)
    mitigation = a_mitigation(sqlite_store, {ref: (0.2, 0.5, 0.8)})
    a_placement(sqlite_store, mitigation, status=MitigationStatus.VERIFIED)
    a_verification(sqlite_store, mitigation, ref, 0.4, model_version="v0")
    row = _shown(sqlite_store, ref).mitigations.iloc[0]
    assert row["counted"] == 0
    assert row["note"] == "verified for another version, configuration or stage"
    assert row["expected"] == "50 % (20 to 80)"
