"""What waits for people: for whom, in which words, and until when."""

from datetime import date, timedelta

import pytest

from tests.cast import BEN, DANA, ELI, FAY, GIL, TODAY
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    an_assessment,
    stamp,
)
from tests.services import reviewing
from tests.services.acts import act
from tests.services.decided import a_condition, a_decided_launch
from tests.services.evidence_files import a_definition, a_gate, a_reviewed_launch
from tests.services.reviewing import METHOD
from tracker.domain.errors import NotFound
from tracker.domain.gate_drafts import WaiverDraft
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import ConditionState, InboxKind
from tracker.domain.words import (
    Applicability,
    LaunchRoleName,
    MitigationStatus,
)
from tracker.services.acceptances import ask_acceptance, sign_acceptance
from tracker.services.gates import ask_gate_withdrawal
from tracker.services.inbox import inbox
from tracker.services.waivers import ask_waiver, sign_waiver
from tracker.store.engine import Store
from tracker.store.tables import Launch, LaunchRole, PersonArea, Risk

R1, A1, G1 = f"{AURORA}/R-1", f"{AURORA}/A-1", f"{AURORA}/G-1"
MODERATE, HIGH = (4, 2, 4, 2, 1), (3, 4, 3, 3, 3)


def waiting(store: Store, kind: InboxKind, today: date = TODAY) -> dict[str, str]:
    """For whom something of a kind waits, and in which words."""
    items = [item for item in inbox(store, METHOD, today) if item.kind is kind]
    assert len({item.person for item in items}) == len(items)
    return {item.person: item.text for item in items}


def texts(store: Store, today: date = TODAY) -> set[str]:
    return {item.text for item in inbox(store, METHOD, today)}


def leads(store: Store, person: str, area: str) -> None:
    with store.writing(stamp()) as session:
        session.add(PersonArea(person=person, area=area))


def test_an_unassessed_risk_waits_for_assessors_and_the_leads_of_its_area(store):
    a_launch(store)
    a_risk(store)
    leads(store, "gil", "fraud_scams")
    leads(store, "eli", "privacy")
    assert waiting(store, InboxKind.ASSESS) == dict.fromkeys(
        ["dana", "gil"], "Assess R-1: UNASSESSED."
    )


def test_an_outdated_risk_waits_and_one_assessed_for_the_release_does_not(store):
    a_launch(store)
    an_assessment(store, a_risk(store))
    assert waiting(store, InboxKind.ASSESS) == {}
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).model_version = "v2"
    assert waiting(store, InboxKind.ASSESS)["dana"] == "Assess R-1: its assessment is outdated."


def test_the_launch_owner_is_not_asked_to_assess(store):
    a_launch(store, owner="dana")
    a_risk(store)
    assert waiting(store, InboxKind.ASSESS).keys() == {"eli"}


def test_an_implemented_mitigation_waits_for_verifiers_other_than_its_owner(store):
    a_launch(store)
    shield = a_mitigation(store, owner="hana")
    a_placement(store, shield, status=MitigationStatus.IMPLEMENTED)
    found = waiting(store, InboxKind.VERIFY)
    assert found == dict.fromkeys(["ben", "gil"], "Verify M-1, which is implemented.")


@pytest.mark.parametrize("status", [MitigationStatus.PLANNED, MitigationStatus.IN_PROGRESS])
def test_a_mitigation_not_yet_implemented_waits_for_nobody_to_verify(store, status):
    a_launch(store)
    a_placement(store, a_mitigation(store), status=status)
    assert waiting(store, InboxKind.VERIFY) == {}


def test_what_one_person_asked_waits_for_a_second(store):
    a_reviewed_launch(store)
    a_scope(store, area="privacy", applicability=Applicability.NOT_APPLICABLE, reason="None.")
    an_assessment(store, a_risk(store))
    a_definition(store)
    a_gate(store)
    ask_gate_withdrawal(store, act(GIL, "It asks for too much."), G1, 1)
    confirm = [i for i in inbox(store, METHOD, TODAY) if i.kind is InboxKind.CONFIRM]
    assert {(item.person, item.text) for item in confirm} == {
        ("gil", "Confirm that privacy is not applicable."),
        ("ben", "Confirm the withdrawal of G-1."),
    }


def test_an_acceptance_waits_for_those_whom_its_level_asks_and_who_have_not_signed(store):
    a_reviewed_launch(store)
    an_assessment(store, a_risk(store), DANA, HIGH)
    asked_acceptance(store)
    found = waiting(store, InboxKind.SIGN_ACCEPTANCE)
    assert found == dict.fromkeys(["eli", "fay"], "Sign or refuse A-1: R-1 at High.")
    sign_acceptance(store, act(ELI), METHOD.profile, A1, 1)
    assert waiting(store, InboxKind.SIGN_ACCEPTANCE).keys() == {"fay"}


def asked_acceptance(store: Store, days: int = 60) -> None:
    draft = AcceptanceDraft(
        justification="Worth it.",
        fails_if=("Complaints double.",),
        until=TODAY + timedelta(days=days),
    )
    ask_acceptance(store, act(BEN), METHOD.profile, R1, draft)


@pytest.mark.parametrize(
    ("days", "words"), [(14, "in 14 days"), (7, "in 7 days"), (1, "in 1 day"), (0, "today")]
)
def test_an_acceptance_reminds_all_whom_it_concerns_before_it_runs_out(sqlite_store, days, words):
    store = sqlite_store
    a_reviewed_launch(store)
    an_assessment(store, a_risk(store), DANA, HIGH)
    asked_acceptance(store)
    sign_acceptance(store, act(ELI), METHOD.profile, A1, 1)
    sign_acceptance(store, act(FAY), METHOD.profile, A1, 2)
    last = TODAY + timedelta(days=60)
    found = waiting(store, InboxKind.ACCEPTANCE_EXPIRING, last - timedelta(days=days))
    assert found == dict.fromkeys(["ben", "eli", "fay"], f"A-1 of R-1 runs out {words}.")
    for other in (last - timedelta(days=15), last + timedelta(days=1)):
        assert waiting(store, InboxKind.ACCEPTANCE_EXPIRING, other) == {}


def test_a_waiver_waits_for_its_signatures_and_reminds_before_it_runs_out(store):
    a_reviewed_launch(store)
    a_definition(store)
    a_gate(store)
    until = TODAY + timedelta(days=30)
    draft = WaiverDraft(reason="It is booked.", compensation="All is read.", until=until)
    number = int(ask_waiver(store, act(BEN), G1, draft))
    words = dict.fromkeys(["eli", "fay"], "Sign or refuse the waiver of G-1.")
    assert waiting(store, InboxKind.SIGN_WAIVER) == words
    sign_waiver(store, act(ELI), number, 1)
    sign_waiver(store, act(FAY), number, 2)
    assert waiting(store, InboxKind.SIGN_WAIVER) == {}
    assert waiting(store, InboxKind.WAIVER_EXPIRING) == {}
    found = waiting(store, InboxKind.WAIVER_EXPIRING, until - timedelta(days=7))
    assert found == dict.fromkeys(["ben", "eli", "fay"], "The waiver of G-1 runs out in 7 days.")


def test_a_condition_waits_for_its_owner_and_overdue_for_those_who_answer_for_it(store):
    a_condition(store, a_decided_launch(store), due=TODAY + timedelta(days=7))
    assert waiting(store, InboxKind.CONDITION_DUE) == {"dana": "C-1 is due in 7 days."}
    later = TODAY + timedelta(days=8)
    found = waiting(store, InboxKind.CONDITION_OVERDUE, later)
    assert found == dict.fromkeys(["ben", "dana", "eli"], "C-1 is overdue.")
    assert waiting(store, InboxKind.CONDITION_DUE, later) == {}


def test_a_condition_far_off_or_met_waits_for_nobody(store):
    decision = a_decided_launch(store)
    a_condition(store, decision, due=TODAY + timedelta(days=15))
    met = {"state": ConditionState.MET, "settled_by": "hana", "settled_on": TODAY}
    a_condition(store, decision, **met)
    assert waiting(store, InboxKind.CONDITION_DUE) == {}


def test_a_decision_reminds_those_who_hold_the_launch_before_it_runs_out(store):
    a_decided_launch(store, until=TODAY + timedelta(days=14))
    found = waiting(store, InboxKind.DECISION_EXPIRING)
    assert found == dict.fromkeys(["ada", "eli", "fay"], "D-1 runs out in 14 days.")


def test_an_open_review_waits_for_its_seats_then_for_the_decision(store):
    reviewing.a_review(store)
    assert waiting(store, InboxKind.SIGN_OFF) == {
        "eli": "Sign off REV-1 as responsible officer.",
        "fay": "Sign off REV-1 as approver.",
        "gil": "Sign off REV-1 as area lead of fraud_scams.",
    }
    assert waiting(store, InboxKind.DECIDE) == {}
    reviewing.all_sign(store)
    assert waiting(store, InboxKind.SIGN_OFF) == {}
    assert waiting(store, InboxKind.DECIDE) == {"fay": "Decide REV-1."}


def test_a_material_change_asks_again_for_what_it_voided(store):
    reviewing.a_signed_review(store)
    a_risk(store)
    assert "gil" in waiting(store, InboxKind.SIGN_OFF)
    assert waiting(store, InboxKind.DECIDE) == {}


def test_a_replaced_holder_waits_for_nothing(store):
    reviewing.a_review(store)
    with store.writing(stamp()) as session:
        session.get_one(LaunchRole, (AURORA, LaunchRoleName.APPROVER)).person = "hana"
    assert "fay" not in waiting(store, InboxKind.SIGN_OFF)
    assert "hana" in waiting(store, InboxKind.SIGN_OFF)


def test_a_historical_launch_asks_for_nothing(store):
    a_launch(store, as_of=TODAY)
    a_risk(store)
    assert inbox(store, METHOD, TODAY) == ()


def test_one_person_sees_only_their_own_and_somebody_unknown_is_refused(store):
    a_launch(store)
    a_risk(store)
    assert {item.person for item in inbox(store, METHOD, TODAY, "dana")} == {"dana"}
    with pytest.raises(NotFound):
        inbox(store, METHOD, TODAY, "nobody")


def test_a_closure_waits_for_another_than_its_asker(store):
    a_launch(store)
    risk = a_risk(store)
    with store.writing(stamp()) as session:
        session.get_one(Risk, risk).closure_asked_by = "ben"
    assert waiting(store, InboxKind.CONFIRM) == {"gil": "Confirm the closure of R-1."}


def test_what_is_due_comes_first_and_the_order_is_the_same_each_time(store):
    a_condition(store, a_decided_launch(store))
    a_risk(store)
    found = list(inbox(store, METHOD, TODAY, "dana"))
    assert [item.kind for item in found] == [InboxKind.CONDITION_DUE, InboxKind.ASSESS]
    assert found == list(inbox(store, METHOD, TODAY, "dana"))


def test_the_number_of_statements_does_not_grow(store, query_counter):
    reviewing.a_signed_review(store)
    with query_counter(store) as few:
        inbox(store, METHOD, TODAY)
    for number in range(3):
        key = a_launch(store, f"more-{number}")
        a_risk(store, key)
    with query_counter(store) as many:
        found: tuple[InboxItem, ...] = inbox(store, METHOD, TODAY)
    assert {item.launch for item in found} >= {"more-0", "more-1", "more-2"}
    assert len(many) == len(few)
