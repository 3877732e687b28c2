"""The readiness summary with its evidence, read in a fixed number of statements."""

from tests.cast import BEN, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk, an_assessment, stamp
from tests.scoring.builders import present
from tests.services.acts import act
from tests.services.decided import a_decided_launch
from tests.services.evidence_files import (
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    imported,
)
from tracker.domain.gate_drafts import WaiverDraft
from tracker.domain.report import ReadinessReport
from tracker.domain.review_state import Cover
from tracker.domain.review_words import CoverState
from tracker.domain.words import EvidenceStanding, GateState, LaunchRoleName
from tracker.readers.profile import packaged_profile
from tracker.readiness.path import path_to_green
from tracker.services.reports import Reader, readiness_report
from tracker.services.waivers import ask_waiver, end_waiver
from tracker.store.tables import LaunchRole


def report(store) -> ReadinessReport:
    return readiness_report(store, Reader(BEN, TODAY, NOW), packaged_profile(), AURORA)


def test_a_report_holds_the_evidence_the_gates_and_the_path(store):
    a_launch(store)
    a_definition(store)
    gate = a_gate(store)
    imported(store, a_file())
    found = report(store)
    (row,) = found.ledger.rows
    assert row.standing is EvidenceStanding.COUNTS
    assert [one.ref for one in row.gates] == [gate]
    assert [(one.gate.ref, one.run.ref) for one in found.state.gates if one.run] == [
        (gate, row.run.ref)
    ]
    assert found.path == path_to_green(found.state)


def test_a_report_holds_waivers_that_later_ones_replaced(store):
    a_launch(store)
    a_definition(store)
    gate = a_gate(store)
    _waive(store, gate, "The lab is moving.")
    (first,) = report(store).waivers
    end_waiver(store, act(BEN, "It is no longer needed."), first.id, first.version)
    _waive(store, gate, "The lab has moved, the run is booked.")
    found = report(store)
    assert [one.reason for one in found.waivers] == [
        "The lab is moving.",
        "The lab has moved, the run is booked.",
    ]
    (status,) = found.state.gates
    assert status.state is GateState.MISSING
    assert status.waiver is not None
    assert status.waiver.waiver == found.waivers[-1]


def _waive(store, gate: str, reason: str) -> None:
    draft = WaiverDraft(reason=reason, compensation="Every answer is read.", until=TODAY)
    ask_waiver(store, act(BEN), gate, draft)


def test_the_number_of_statements_does_not_grow_with_what_is_on_record(store, query_counter):
    a_launch(store)
    a_definition(store)
    an_assessment(store, a_risk(store))
    a_gate(store)
    imported(store, a_file())
    with query_counter(store) as few:
        report(store)
    for number in range(8):
        an_assessment(store, a_risk(store))
        a_gate(store, title=f"Gate {number}")
    imported(store, *(a_file(f"{number}.eval") for number in range(8)))
    with query_counter(store) as many:
        report(store)
    assert len(many) == len(few)


def test_an_import_takes_few_of_the_latest_changes(store):
    a_launch(store)
    metrics = [a_reading(metric=f"metric {number}") for number in range(40)]
    imported(store, a_file("run.eval", a_run(*metrics)))
    newest, run, before = report(store).recent[:3]
    assert (newest.subject, newest.folded) == (run.subject, "40 metrics recorded")
    assert (run.entity, run.seq, before.seq) == ("evidence run", newest.first_seq - 1, run.seq - 1)


def test_a_summary_says_of_cover_what_a_pipeline_is_told(store):
    a_decided_launch(store)
    assert cover(store).state is CoverState.COVERED
    with store.writing(stamp()) as session:
        owner = session.get_one(LaunchRole, (AURORA, LaunchRoleName.LAUNCH_OWNER))
        owner.person = "hana"
    assert cover(store).state is CoverState.SUSPENDED
    assert "a blocking change came after it" in cover(store).why


def cover(store) -> Cover:
    return present(present(report(store).proceedings).cover)
