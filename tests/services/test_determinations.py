"""Determining frontier thresholds, and confirming a lower answer."""

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, ELI, FAY, TODAY
from tests.factories import AURORA, a_launch, a_mitigation, a_placement, stamp
from tests.services.acts import act, state
from tests.services.evidence_files import OWNER, REVIEWER, as_role, known
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.gate_drafts import DeterminationDraft
from tracker.domain.gate_state import FrontierStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.words import Confidence, MitigationStatus, Role, ThresholdOutcome
from tracker.services.determinations import confirm_determination, determine
from tracker.services.history import history
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import determination_records
from tracker.store.tables import Launch

AREA = "cbrn"
AUTHOR = as_role(DANA, Role.AREA_LEAD)
BELOW, REACHED = ThresholdOutcome.BELOW, ThresholdOutcome.REACHED


def a_draft(outcome: ThresholdOutcome = BELOW, **fields) -> DeterminationDraft:
    values = {
        "area": AREA,
        "outcome": outcome,
        "confidence": Confidence.MEDIUM,
        "rationale": "No uplift was seen over a search engine.",
    }
    return DeterminationDraft(**(values | fields))


def determined(store: Store, outcome: ThresholdOutcome = BELOW, by=DANA, **fields) -> int:
    return int(determine(store, act(by), AURORA, a_draft(outcome, **fields)))


def the_determination(store: Store, number: int) -> DeterminationRecord:
    with store.reading() as session:
        return queries.get_determination(session, number)


def all_of_them(store: Store) -> tuple[DeterminationRecord, ...]:
    with store.reading() as session:
        return determination_records(session, [AURORA])


def frontier(store: Store) -> FrontierStatus:
    return next(one for one in state(store).frontier if one.area.code == AREA)


def standing(store: Store) -> ThresholdOutcome | None:
    found = frontier(store).standing
    return found.outcome if found else None


def a_safeguard(store: Store, **fields) -> str:
    return a_placement(store, a_mitigation(store), **fields)


def test_a_determination_is_about_the_present_release_and_carries_its_reason(store):
    a_launch(store)
    made = the_determination(store, determined(store))
    assert (made.area, made.outcome, made.confidence) == (AREA, BELOW, Confidence.MEDIUM)
    assert (made.determined_by, made.determined_on, made.confirmed_by) == ("dana", TODAY, None)
    assert made.release == state(store).launch.release
    assert history(store, subject=AURORA, limit=1)[0].reason == made.rationale


def test_named_safeguards_are_those_of_the_launch_each_once(store):
    a_launch(store)
    one, other = a_safeguard(store), a_safeguard(store)
    number = determined(store, REACHED, safeguards=(other, one, other))
    assert the_determination(store, number).safeguards == (one, other)
    assert [found.mitigation.ref for found in frontier(store).safeguards] == [one, other]


def test_reached_without_a_safeguard_is_recorded_and_holds_the_launch(store):
    a_launch(store)
    determined(store, REACHED)
    assert standing(store) is REACHED
    assert not frontier(store).safeguards


@pytest.mark.parametrize("who", [ADA, OWNER])
def test_the_launch_owner_determines_nothing_whatever_their_roles(store, who):
    a_launch(store)
    with pytest.raises(SelfApproval):
        determined(store, by=known(store, who))
    assert not all_of_them(store)


@pytest.mark.parametrize("who", [CLEO, FAY])
def test_only_assessors_and_leads_determine(store, who):
    a_launch(store)
    with pytest.raises(NotPermitted):
        determined(store, by=who)


@pytest.mark.parametrize("area", ["fraud_scams", "no-such-area"])
def test_an_area_without_a_frontier_threshold_is_refused(store, area):
    a_launch(store)
    with pytest.raises(InvalidInput, match="frontier threshold"):
        determined(store, area=area)
    assert not all_of_them(store)


def test_a_safeguard_that_the_launch_does_not_have_is_refused(store):
    a_launch(store)
    elsewhere = a_mitigation(store)
    rejected = a_safeguard(store, status=MitigationStatus.REJECTED)
    for stray in (elsewhere, rejected, "M-99"):
        with pytest.raises(InvalidInput, match=stray):
            determined(store, REACHED, safeguards=(stray,))
    assert not all_of_them(store)


def test_a_determination_for_a_release_that_changed_meanwhile_is_refused(store):
    a_launch(store)
    seen = state(store).launch.release
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    with pytest.raises(StaleEdit):
        determine(store, act(DANA), AURORA, a_draft(), seen)
    determine(store, act(DANA), AURORA, a_draft(), state(store).launch.release)


def test_a_lower_determination_counts_only_once_a_second_person_confirmed_it(store):
    a_launch(store)
    determined(store, REACHED)
    lower = determined(store, BELOW)
    assert standing(store) is REACHED
    confirm_determination(store, act(BEN), lower, 1)
    assert standing(store) is BELOW
    assert the_determination(store, lower).confirmed_by == "ben"


@pytest.mark.parametrize(
    ("who", "error"),
    [(AUTHOR, SelfApproval), (ADA, SelfApproval), (OWNER, SelfApproval), (ELI, NotPermitted)],
    ids=["author", "owner", "owner with every role", "assessor"],
)
def test_neither_author_nor_owner_nor_an_assessor_confirms(store, who, error):
    a_launch(store)
    number = determined(store)
    with pytest.raises(error):
        confirm_determination(store, act(known(store, who)), number, 1)
    assert the_determination(store, number).confirmed_by is None


def test_of_two_confirmations_the_second_is_refused(store):
    a_launch(store)
    number = determined(store)
    confirm_determination(store, act(BEN), number, 1)
    with pytest.raises(StaleEdit):
        confirm_determination(store, act(REVIEWER), number, 1)
    with pytest.raises(RuleViolation, match="confirmed already"):
        confirm_determination(store, act(REVIEWER), number, 2)
    assert the_determination(store, number).confirmed_by == "ben"


def test_a_determination_of_an_older_release_is_not_confirmed(store):
    a_launch(store)
    number = determined(store)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    with pytest.raises(RuleViolation, match="present release"):
        confirm_determination(store, act(BEN), number, 1)


def test_what_is_not_there_is_neither_determined_nor_confirmed(store):
    with pytest.raises(NotFound):
        determined(store)
    with pytest.raises(NotFound):
        confirm_determination(store, act(BEN), 7, 1)


def test_a_repeated_request_determines_once(store):
    a_launch(store)
    sent = act(DANA, request_id="one click")
    assert determine(store, sent, AURORA, a_draft()) == determine(store, sent, AURORA, a_draft())
    assert len(all_of_them(store)) == 1
