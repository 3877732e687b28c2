"""Reviews, signatures, decisions and acceptances come back as they were written."""

from hashlib import sha256

import pytest

from tests.cast import NOW
from tests.evidence_factories import a_gate, a_metric, a_run
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    stamp,
)
from tests.review_factories import (
    DOCUMENT,
    EXPORT,
    a_condition,
    a_decision,
    a_note,
    a_proposed_holder,
    a_recommendation,
    a_review,
    a_sign_off,
    a_snapshot,
    a_stored_export,
    a_withholding,
    an_acceptance,
    an_answer,
    an_exposure,
    an_objection,
)
from tracker.domain.errors import InvalidInput, NotFound
from tracker.domain.records import ProposedHolder
from tracker.domain.review_words import ConditionState, Vote, WithheldClass
from tracker.domain.reviews import SectionHash
from tracker.domain.words import Direction, ExportFormat, LaunchRoleName, Level, Scale
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import all_changes
from tracker.store.queries.inputs import launch_inputs
from tracker.store.tables import Gate, LaunchMitigation, MetricDefinition, Person, Review, Risk
from tracker.store.writes import next_number


@pytest.fixture
def reviewed(store: Store) -> Store:
    """A launch with a snapshot under review."""
    a_launch(store)
    a_snapshot(store, a_review(store))
    return store


REV1, S1 = f"{AURORA}/REV-1", f"{AURORA}/S-1"


def test_the_newest_review_that_is_not_closed_is_the_open_one(store: Store) -> None:
    a_launch(store)
    with store.reading() as session:
        assert queries.find_open_review(session, AURORA) is None
    a_review(store, closed_by="ben", closed_at=NOW)
    second = a_review(store, meeting_on=NOW.date())
    with store.reading() as session:
        found = queries.find_open_review(session, AURORA)
        assert found == queries.get_review(session, second)
        assert [one.short_ref for one in queries.review_records(session, None)] == [
            "REV-1",
            "REV-2",
        ]
        with pytest.raises(NotFound, match="REV-1"):
            queries.get_review(session, f"{AURORA}/REV-3")


def test_a_snapshot_is_read_without_its_document_and_with_it(reviewed: Store) -> None:
    with reviewed.reading() as session:
        found = queries.get_snapshot(session, S1)
        assert queries.snapshot_records(session, [AURORA]) == (found,)
        assert queries.snapshot_document(session, S1) == DOCUMENT
        with pytest.raises(NotFound, match="S-1"):
            queries.snapshot_document(session, f"{AURORA}/S-2")
    assert found.sections == (SectionHash("launch", "a" * 64, "b" * 64, "c" * 64),)
    assert found.sha256 == sha256(DOCUMENT.encode()).hexdigest()


def test_an_export_is_served_with_the_bytes_that_were_stored(reviewed: Store) -> None:
    a_stored_export(reviewed, S1)
    with reviewed.reading() as session:
        assert queries.stored_export(session, S1, ExportFormat.PDF) == EXPORT
        assert queries.stored_export(session, S1, ExportFormat.HTML) is None


def test_documents_and_bytes_are_recorded_as_their_hashes(reviewed: Store) -> None:
    a_stored_export(reviewed, S1)
    with reviewed.reading() as session:
        fields = {one.entity: one.fields for one in all_changes(session)}
    digest = sha256(DOCUMENT.encode()).hexdigest()
    assert fields["snapshot"]["document"] == (None, f"sha256 {digest}")
    assert fields["stored export"]["content"] == (None, f"sha256 {sha256(EXPORT).hexdigest()}")


def test_an_answer_is_folded_into_the_objection(reviewed: Store) -> None:
    a_sign_off(reviewed, S1)
    objection = an_objection(reviewed, S1)
    with reviewed.reading() as session:
        assert [one.answer for one in queries.sign_off_records(session, None)] == ["", ""]
    an_answer(reviewed, objection)
    with reviewed.reading() as session:
        approved, objected = queries.sign_off_records(session, [AURORA])
    assert (approved.vote, approved.answer, approved.answered_by) == (Vote.APPROVE, "", None)
    assert (objected.answer, objected.answered_by, objected.answered_at) == ("We wait.", "ben", NOW)
    assert approved.sections == {"launch": "b" * 64}


def test_everything_that_bears_on_a_launch_is_among_its_inputs(reviewed: Store) -> None:
    a_launch(reviewed, "aurora-2", name="Aurora 2")
    a_recommendation(reviewed, S1)
    decision = a_decision(reviewed, S1)
    condition = a_condition(reviewed, REV1, decision=decision)
    a_sign_off(reviewed, S1)
    an_exposure(reviewed)
    acceptance = an_acceptance(reviewed, a_risk(reviewed))
    with reviewed.reading() as session:
        here, other = launch_inputs(session)
    assert [one.ref for one in here.decisions] == [decision]
    assert [one.ref for one in here.conditions] == [condition]
    assert [one.ref for one in here.acceptances] == [acceptance]
    assert here.acceptances[0].fails_if == ("It is seen outside.",)
    counts = (here.recommendations, here.sign_offs, here.exposures)
    assert [len(found) for found in counts] == [1, 1, 1]
    assert other.decisions == other.conditions == other.acceptances == other.sign_offs == ()


def test_minutes_are_in_the_order_in_which_they_were_written(reviewed: Store) -> None:
    for text in ("One.", "Two."):
        a_note(reviewed, REV1, text)
    with reviewed.reading() as session:
        notes = queries.note_records(session, REV1)
    assert [one.text for one in notes] == ["One.", "Two."]


def test_numbers_go_on_within_a_launch(reviewed: Store) -> None:
    a_launch(reviewed, "aurora-2", name="Aurora 2")
    with reviewed.reading() as session:
        assert next_number(session, Review, AURORA) == 2
        assert next_number(session, Review, "aurora-2") == 1


def test_the_latest_word_on_a_run_says_whether_it_is_withheld(store: Store) -> None:
    a_launch(store)
    a_metric(store)
    a_gate(store)
    run = a_run(store)
    for said in (None, WithheldClass.SECURITY, WithheldClass.LEGAL, None):
        a_withholding(store, run, said)
        with store.reading() as session:
            assert queries.get_run(session, run).run.withheld is said
            (launch,) = launch_inputs(session, [AURORA])
            assert launch.runs[0].run.withheld is said


def test_what_was_proposed_is_read_with_what_it_is_about(store: Store) -> None:
    a_launch(store)
    a_proposed_holder(store)
    a_metric(store)
    placed = a_placement(store, a_mitigation(store, {}), mandatory=True)
    with store.writing(stamp()) as session:
        placement = session.get_one(LaunchMitigation, (placed, AURORA))
        placement.release_asked_by, placement.release_reason = "ada", "Not needed."
        session.get_one(Person, "ben").sign_in = "ben@example.org"
        metric = session.get_one(MetricDefinition, ("Inspect", "refusal rate"))
        metric.proposed_direction, metric.proposed_scale = Direction.LOWER, Scale.COUNT
        metric.proposed_by, metric.proposed_because = "ada", "It counts."
    with store.reading() as session:
        launch = queries.get_launch(session, AURORA)
        (found,) = queries.placements_on(session, AURORA)
        (meaning,) = queries.metric_definitions(session).values()
        assert queries.people(session)["ben"].sign_in == "ben@example.org"
    assert launch.proposed == (
        ProposedHolder(LaunchRoleName.APPROVER, "ben", "ada", "Hana is away."),
    )
    assert (found.release_asked_by, found.release_reason) == ("ada", "Not needed.")
    assert (meaning.proposed_direction, meaning.proposed_by) == (Direction.LOWER, "ada")


def test_a_risk_says_whether_it_is_withheld(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    with store.writing(stamp()) as session:
        session.get_one(Risk, risk).withheld = WithheldClass.LEGAL
    with store.reading() as session:
        assert queries.get_risk(session, risk).withheld is WithheldClass.LEGAL


def test_two_people_cannot_have_one_sign_in(store: Store) -> None:
    for key, accepted in (("ada", True), ("ben", False)):
        try:
            with store.writing(stamp()) as session:
                session.get_one(Person, key).sign_in = "somebody@example.org"
        except InvalidInput:
            assert not accepted
        else:
            assert accepted


def test_tables_refuse_what_no_signature_or_condition_can_be(reviewed: Store) -> None:
    with pytest.raises(InvalidInput):
        a_sign_off(reviewed, S1, vote=Vote.OBJECT)
    with pytest.raises(InvalidInput):
        a_sign_off(reviewed, S1, vote=Vote.RECUSE)
    with pytest.raises(InvalidInput):
        a_sign_off(reviewed, S1, area="privacy")
    with pytest.raises(InvalidInput):
        a_condition(reviewed, REV1, state=ConditionState.OVERDUE)
    with pytest.raises(InvalidInput):
        a_condition(reviewed, REV1, state=ConditionState.MET)
    settled = {"settled_by": "dana", "settled_on": NOW.date()}
    with pytest.raises(InvalidInput):
        a_condition(reviewed, REV1, state=ConditionState.MET, **settled)


def test_nobody_accepts_a_critical_risk_or_signs_what_they_asked_for(reviewed: Store) -> None:
    risk = a_risk(reviewed)
    for fields in (
        {"level": Level.CRITICAL},
        {"officer": "ada"},
        {"officer": "ben", "approver": "ben"},
    ):
        with pytest.raises(InvalidInput):
            an_acceptance(reviewed, risk, **fields)


def test_a_gate_is_not_confirmed_by_who_wrote_it(store: Store) -> None:
    a_launch(store)
    a_metric(store)
    gate = a_gate(store)
    with pytest.raises(InvalidInput), store.writing(stamp()) as session:
        session.get_one(Gate, gate).confirmed_by = "ben"


def test_a_proposal_is_whole_or_absent(store: Store) -> None:
    a_launch(store)
    a_metric(store)
    with pytest.raises(InvalidInput), store.writing(stamp()) as session:
        session.get_one(MetricDefinition, ("Inspect", "refusal rate")).proposed_by = "ada"
    with pytest.raises(InvalidInput):
        a_proposed_holder(store, reason="")
