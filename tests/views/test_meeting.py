"""The agenda of a launch review: what is disputed, then what changed, then who has to decide."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import BEN, DANA, ELI, HANA, NOW, TODAY
from tests.conftest import opened_copy
from tests.evidence_factories import an_attested_gate
from tests.factories import AURORA, a_risk, an_assessment
from tests.review_factories import an_acceptance
from tests.services.acts import act, state
from tests.services.evidence_files import OFFICER
from tests.services.reviewing import (
    a_condition,
    a_review,
    an_objection,
    recommended,
    renewed,
    signed,
    something_material_happens,
    the_review,
)
from tests.ui.review_scene import FAR_FROM_IT_FACTOR_BY_FACTOR, MODERATE_AND_UNSURE
from tracker.domain.gate_drafts import WaiverDraft
from tracker.domain.review_words import Vote
from tracker.domain.words import EvidenceGrade, ExposureStage, Level
from tracker.services.waivers import ask_waiver, sign_waiver
from tracker.store.engine import Store
from tracker.views import meeting as view
from tracker.views.meeting import AgendaItem


@pytest.fixture(scope="module")
def begun(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a review that was just started."""
    folder = tmp_path_factory.mktemp("begun")
    with opened_copy(register_with_cast, folder) as store:
        a_review(store)
    return folder / "register.db"


@pytest.fixture
def store(begun: Path, tmp_path: Path) -> Generator[Store]:
    """A register of one's own with that review."""
    with opened_copy(begun, tmp_path) as found:
        yield found


def agenda(store: Store) -> tuple[AgendaItem, ...]:
    return view.agenda(state(store), the_review(store))


def item(store: Store, key: str) -> AgendaItem:
    return next(one for one in agenda(store) if one.key == key)


def a_disputed_risk(store: Store) -> str:
    risk = a_risk(store, title="Impersonates a bank")
    an_assessment(store, risk, DANA, MODERATE_AND_UNSURE, grade=EvidenceGrade.D)
    an_assessment(store, risk, ELI, FAR_FROM_IT_FACTOR_BY_FACTOR, grade=EvidenceGrade.D)
    return risk


def test_disputed_comes_first_then_changed_then_decisions(store: Store) -> None:
    a_disputed_risk(store)
    renewed(store)
    signed(store, HANA, snapshot=f"{AURORA}/S-2", **an_objection())
    something_material_happens(store)
    groups = [one.group for one in agenda(store)]
    assert list(dict.fromkeys(groups)) == [view.DISPUTED, view.CHANGED, view.DECISIONS]
    assert groups == sorted(groups, key=[view.DISPUTED, view.CHANGED, view.DECISIONS].index)
    assert agenda(store)[0].title == "Hana objects"


def test_every_decision_names_who_decides(store: Store) -> None:
    signed(store, OFFICER, vote=Vote.APPROVE_WITH_CONDITIONS, conditions=(a_condition(),))
    needed = [one for one in agenda(store) if one.group == view.DECISIONS]
    assert [one.key for one in needed] == ["C-1", "decision"]
    assert [one.decider for one in needed] == ["Fay takes it over or leaves it", "Fay decides"]


def test_the_last_item_is_always_the_decision_with_what_it_waits_for(store: Store) -> None:
    (last,) = agenda(store)
    assert last.title == "Can Aurora 1 go out?"
    assert last.details[:3] == (
        "Verdict by rule: Ready",
        "Nobody has recommended yet",
        "Eli has not signed",
    )
    assert last.details[3:] == tuple(f"Waits for: {one}" for one in the_review(store).missing)
    recommended(store, HANA)
    signed(store, OFFICER)
    assert agenda(store)[-1].details[1:3] == ("Recommended: go", "Eli has signed")


def test_an_objection_is_read_out_with_who_may_answer_it(store: Store) -> None:
    number = signed(store, OFFICER, **an_objection())
    read = item(store, f"objection {number}")
    assert read.details == (
        "The pilot was too small.",
        "Would change their mind: A pilot with 1000 people.",
    )
    assert read.decider == "Ada or Ben or Fay answers"


def test_nobody_answers_an_objection_of_their_own(store: Store) -> None:
    a_disputed_risk(store)
    renewed(store)
    from_ben = signed(store, BEN, snapshot=f"{AURORA}/S-2", **an_objection())
    assert item(store, f"objection {from_ben}").decider == "Ada or Fay answers"


def test_a_risk_is_disputed_where_a_factor_differs_by_two(store: Store) -> None:
    risk = a_risk(store, title="Impersonates a bank")
    an_assessment(store, risk, DANA, (3, 3, 3, 4, 3))
    an_assessment(store, risk, ELI, (3, 3, 3, 3, 3))
    assert not [one for one in agenda(store) if one.group == view.DISPUTED]
    an_assessment(store, risk, ELI, (1, 3, 3, 3, 3), at=NOW + timedelta(hours=1))
    disputed = item(store, "R-2")
    assert disputed.title == "R-2 Impersonates a bank: Moderate today"
    assert [one.split(":")[0] for one in disputed.details] == ["Dana", "Eli"]
    assert (disputed.decider, disputed.risk) == ("Gil settles the assessment", "R-2")


def test_an_area_that_nobody_leads_says_so(store: Store) -> None:
    risk = a_risk(store, area="privacy")
    an_assessment(store, risk, DANA, (5, 3, 3, 3, 3))
    an_assessment(store, risk, ELI, (1, 3, 3, 3, 3))
    assert item(store, "R-2").decider == "nobody leads this area"


def test_an_editorial_change_is_nothing_to_talk_about(store: Store) -> None:
    assert not [one for one in agenda(store) if one.group == view.CHANGED]
    something_material_happens(store)
    changed = [one for one in agenda(store) if one.group == view.CHANGED]
    assert [one.title for one in changed] == ["R-1 rose from Very low to Critical"]
    assert "R-1, assessed by Dana: severity changed from 1 to 5" in changed[0].details
    assert changed[0].details[-1] == (
        "In Fraud, scams and social engineering; material: voids what rests on it"
    )


@pytest.mark.parametrize(
    ("level", "decider"),
    [
        (Level.HIGH, "Eli and Fay sign"),
        (Level.MODERATE, "Ben signs"),
        (Level.LOW, "Gil signs"),
    ],
)
def test_an_acceptance_names_who_signs_at_its_level(
    store: Store, level: Level, decider: str
) -> None:
    ref = an_acceptance(
        store,
        f"{AURORA}/R-1",
        level=level,
        harm_score=9.0,
        compensating=[],
        model_version="v1",
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
    )
    asked = item(store, ref.rpartition("/")[2])
    assert asked.title == f"A-1: accept R-1 at {level}?"
    assert asked.decider == decider


def test_a_waiver_that_awaits_signatures_is_a_decision(store: Store) -> None:
    gate = an_attested_gate(store, title="Red team is answered")
    until = TODAY + timedelta(days=20)
    draft = WaiverDraft(reason="The team is away.", compensation="All is read.", until=until)
    waiver = int(ask_waiver(store, act(BEN), gate, draft))
    asked = item(store, "waiver of G-2")
    assert asked.title == "Waive G-2 Red team is answered, which is missing?"
    assert asked.details[0] == "The team is away."
    assert asked.decider == "Eli and Fay sign"
    sign_waiver(store, act(OFFICER), waiver, 1)
    assert item(store, "waiver of G-2").decider == "Fay signs"
