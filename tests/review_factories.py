"""Reviews, signatures, decisions and acceptances, written straight into the tables.

As in `tests.factories`: written through the store at a fixed moment, each returns its reference,
and fields that a test does not name are ordinary. Rules of the services do not apply here.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from tests.cast import ADA, BEN, HANA, NOW
from tests.evidence_factories import (
    a_confirmation,
    a_correction,
    a_determination,
    a_gate,
    a_link,
    a_metric,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_equivalence,
)
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
    stamp,
)
from tracker.domain.records import Actor
from tracker.domain.review_words import Capacity, ExposureStep, Outcome, Vote, WithheldClass
from tracker.domain.words import ExportFormat, ExposureStage, LaunchRoleName, Level, Verdict
from tracker.store.engine import Store
from tracker.store.tables import (
    Acceptance,
    Condition,
    Decision,
    DroppedRisk,
    EvidenceWithholding,
    ExportLog,
    Exposure,
    HolderProposal,
    MeetingNote,
    ObjectionAnswer,
    PersonArea,
    Recommendation,
    Review,
    SignOff,
    Snapshot,
    StoredExport,
    acceptance_ref,
    condition_ref,
    decision_ref,
    review_ref,
    snapshot_ref,
)
from tracker.store.writes import next_number

DOCUMENT = '{"schema":"holdpoint snapshot 1"}'
EXPORT = b"%PDF-1.7 of the snapshot"
RELEASE = {
    "model_version": "1.0",
    "configuration": "chat",
    "exposure_stage": ExposureStage.LIMITED_PREVIEW,
}


def add(store: Store, row: Any, actor: Actor = BEN) -> Any:
    """Write one row; return its reference or number."""
    with store.writing(stamp(actor)) as session:
        session.add(row)
        session.flush()
        return getattr(row, "ref", None) or getattr(row, "id", None)


def number(store: Store, table: Any, launch: str = AURORA) -> int:
    """The next number of a table on a launch."""
    with store.reading() as session:
        return next_number(session, table, launch)


def a_review(store: Store, launch: str = AURORA, **fields: Any) -> str:
    """A review that Ben opened."""
    n = number(store, Review, launch)
    values: dict[str, Any] = {"opened_by": "ben", "opened_at": NOW}
    return add(
        store, Review(ref=review_ref(launch, n), launch=launch, number=n, **(values | fields))
    )


def a_snapshot(store: Store, review: str, document: str = DOCUMENT, **fields: Any) -> str:
    """A snapshot that Ben took."""
    launch = review.rpartition("/")[0]
    n = number(store, Snapshot, launch)
    hashes = {"whole": "a" * 64, "material": "b" * 64, "blocking": "c" * 64}
    values: dict[str, Any] = {
        "taken_at": NOW,
        "taken_by": "ben",
        "authenticated": False,
        "as_of": NOW.date(),
        "sha256": sha256(document.encode()).hexdigest(),
        "policy": "M1",
        "sections": [{"name": "launch", **hashes}],
        "document": document,
    }
    row = Snapshot(
        ref=snapshot_ref(launch, n), launch=launch, number=n, review=review, **(values | fields)
    )
    return add(store, row)


def a_stored_export(store: Store, snapshot: str, content: bytes = EXPORT, **fields: Any) -> None:
    """A PDF of a snapshot, kept."""
    values: dict[str, Any] = {
        "format": ExportFormat.PDF,
        "sha256": sha256(content).hexdigest(),
        "product_version": "0.3.0",
        "made_by": "ben",
        "made_at": NOW,
        "content": content,
    }
    add(store, StoredExport(snapshot=snapshot, **(values | fields)))


def an_export(store: Store, launch: str = AURORA, **fields: Any) -> int:
    """Note of an export that Ben took out."""
    values: dict[str, Any] = {
        "format": "bundle",
        "sha256": "d" * 64,
        "exported_by": "ben",
        "exported_at": NOW,
    }
    return add(store, ExportLog(launch=launch, **(values | fields)))


def a_sign_off(store: Store, snapshot: str, **fields: Any) -> int:
    """Hana's approval as a reviewer."""
    values: dict[str, Any] = {
        **_on(store, snapshot),
        "person": "hana",
        "capacity": Capacity.REVIEWER,
        "vote": Vote.APPROVE,
        "sections": {"launch": "b" * 64},
        "signed_at": NOW,
        "authenticated": False,
    }
    return add(store, SignOff(snapshot=snapshot, **(values | fields)), HANA)


def an_objection(store: Store, snapshot: str, **fields: Any) -> int:
    """Hana's objection, not answered."""
    return a_sign_off(store, snapshot, vote=Vote.OBJECT, dissent="Too early.", **fields)


def an_answer(store: Store, sign_off: int, launch: str = AURORA) -> None:
    """Ben's answer to an objection."""
    values: dict[str, Any] = {"answered_by": "ben", "answered_at": NOW}
    add(store, ObjectionAnswer(sign_off=sign_off, launch=launch, answer="We wait.", **values))


def a_recommendation(store: Store, snapshot: str, **fields: Any) -> int:
    """Ben's recommendation to let it out."""
    values: dict[str, Any] = {
        **_on(store, snapshot),
        "outcome": Outcome.GO,
        "exposure_stage": ExposureStage.LIMITED_PREVIEW,
        "reason": "All gates passed.",
        "recommended_by": "ben",
        "recommended_at": NOW,
        "authenticated": False,
    }
    return add(store, Recommendation(snapshot=snapshot, **(values | fields)))


def a_decision(store: Store, snapshot: str, **fields: Any) -> str:
    """Hana's decision to let it out for ninety days."""
    on = _on(store, snapshot)
    n = number(store, Decision, on["launch"])
    values: dict[str, Any] = {
        **on,
        **RELEASE,
        "outcome": Outcome.GO,
        "until": NOW.date() + timedelta(days=90),
        "reason": "As recommended.",
        "gate_result": Verdict.READY,
        "decided_by": "hana",
        "decided_at": NOW,
        "authenticated": False,
    }
    ref = decision_ref(on["launch"], n)
    return add(store, Decision(ref=ref, number=n, snapshot=snapshot, **(values | fields)), HANA)


def a_condition(store: Store, review: str, **fields: Any) -> str:
    """A condition that Dana owns, open and only proposed."""
    launch = review.rpartition("/")[0]
    n = number(store, Condition, launch)
    values: dict[str, Any] = {
        "text": "Watch the first week.",
        "test": "A report each day.",
        "owner": "dana",
        "due": NOW.date() + timedelta(days=14),
        "blocking": False,
        "raised_by": "hana",
        "raised_at": NOW,
    }
    ref = condition_ref(launch, n)
    row = Condition(ref=ref, launch=launch, number=n, review=review, **(values | fields))
    return add(store, row, HANA)


def an_exposure(store: Store, launch: str = AURORA, **fields: Any) -> int:
    """An exposure that no decision covers."""
    values: dict[str, Any] = {
        "step": ExposureStep.EXPOSE,
        "before": ExposureStage.NONE,
        "after": ExposureStage.INTERNAL_LIMITED,
        "model_version": "1.0",
        "configuration": "chat",
        "covered": False,
        "reason": "It went out by mistake.",
        "recorded_by": "ada",
        "recorded_at": NOW,
    }
    return add(store, Exposure(launch=launch, **(values | fields)), ADA)


def an_acceptance(store: Store, risk: str, **fields: Any) -> str:
    """Ada's request to accept a risk for thirty days, which nobody signed."""
    launch = risk.rpartition("/")[0]
    n = number(store, Acceptance, launch)
    values: dict[str, Any] = {
        **RELEASE,
        "level": Level.HIGH,
        "harm_score": 4.5,
        "justification": "Few see it.",
        "fails_if": ["It is seen outside."],
        "compensating": ["M-1"],
        "until": NOW.date() + timedelta(days=30),
        "requested_by": "ada",
        "requested_at": NOW,
    }
    ref = acceptance_ref(launch, n)
    row = Acceptance(ref=ref, launch=launch, number=n, risk=risk, **(values | fields))
    return add(store, row, ADA)


def a_note(store: Store, review: str, text: str = "Discussed.") -> int:
    """A line of the minutes, by Ben."""
    return add(store, MeetingNote(review=review, text=text, written_by="ben", written_at=NOW))


def a_withholding(store: Store, run: str, withheld: WithheldClass | None) -> int:
    """Ben's word that the detail of a run is withheld, or shown again."""
    row = EvidenceWithholding(run=run, withheld=withheld, stated_by="ben", stated_at=NOW)
    return add(store, row)


def a_proposed_holder(store: Store, launch: str = AURORA, **fields: Any) -> None:
    """Ada's proposal that Ben be the approver."""
    values: dict[str, Any] = {
        "role": LaunchRoleName.APPROVER,
        "person": "ben",
        "asked_by": "ada",
        "reason": "Hana is away.",
    }
    add(store, HolderProposal(launch=launch, **(values | fields)), ADA)


def a_dropped_risk(store: Store, launch: str, risk: str) -> None:
    """A risk that a clone left behind."""
    add(store, DroppedRisk(launch=launch, risk=risk, reason="Gone.", dropped_by="ada"), ADA)


def one_of_everything(store: Store) -> None:
    """A row, or more, in every table of which a record is kept."""
    a_launch(store)
    risk = a_risk(store, touches=("privacy",), tags=(("mit", "2.1"),))
    a_scope(store)
    an_assessment(store, risk)
    mitigation = a_mitigation(store, {risk: (0.1, 0.2, 0.3)}, efforts={"safety": 2.5})
    a_placement(store, mitigation)
    a_verification(store, mitigation, risk, 0.1)
    add(store, PersonArea(person="eli", area="privacy"))
    _evidence(store, risk, [mitigation])
    _proceedings(store, risk)


def _evidence(store: Store, risk: str, safeguards: Sequence[str]) -> None:
    a_metric(store)
    run = a_run(store)
    a_link(store, 1, risk)
    a_correction(store, 1)
    an_equivalence(store, run)
    a_confirmation(store, run)
    a_withholding(store, run, WithheldClass.SECURITY)
    a_waiver(store, a_gate(store))
    an_attestation(store, an_attested_gate(store))
    a_determination(store, safeguards=safeguards)


def _proceedings(store: Store, risk: str) -> None:
    review = a_review(store)
    snapshot = a_snapshot(store, review)
    a_stored_export(store, snapshot)
    an_export(store, snapshot=snapshot)
    an_answer(store, an_objection(store, snapshot))
    a_recommendation(store, snapshot)
    decision = a_decision(store, snapshot)
    a_condition(store, review, decision=decision)
    an_exposure(store)
    an_acceptance(store, risk)
    a_note(store, review)
    a_proposed_holder(store)
    a_launch(store, "aurora-2", name="Aurora 2")
    a_dropped_risk(store, "aurora-2", risk)


def _on(store: Store, snapshot: str) -> dict[str, Any]:
    with store.reading() as session:
        found = session.get_one(Snapshot, snapshot)
        return {"launch": found.launch, "review": found.review}
