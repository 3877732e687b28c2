"""Taking evidence back, for good: its slot stays inconclusive until a newer run."""

from dataclasses import replace

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation
from tracker.domain.evidence import EvidenceRecord
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.roles import Action, require
from tracker.domain.words import CorrectionKind
from tracker.services.act import Act, perform
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import EvidenceCorrection, launch_of


def correct_evidence(store: Store, act: Act, evidence_id: int, draft: CorrectionDraft) -> str:
    """Withdraw one metric of a run, or say that it belongs to another task and metric.

    A correction is final. Evidence that was moved may be moved on or withdrawn; what was withdrawn
    stays so.

    Raises:
        NotFound: There is no such evidence.
        NotPermitted: The acting person may not correct evidence here.
        RuleViolation: It is withdrawn already.
        InvalidInput: It stands in the task and metric that are named already.
    """
    reasoned = act.because(draft.reason)

    def work(session: Session) -> str:
        evidence = queries.get_evidence(session, evidence_id)
        launch = queries.get_launch(session, launch_of(evidence.run))
        require(act.actor, Action.CORRECT_EVIDENCE, launch)
        _require_correctable(evidence, draft)
        session.add(_row(reasoned, evidence, draft))
        return evidence.run

    return perform(store, reasoned, Action.CORRECT_EVIDENCE, work)


def withdraw_run(store: Store, act: Act, run_ref: str, reason: str) -> str:
    """Withdraw every metric of a run that is not withdrawn yet.

    Raises:
        NotFound: There is no such run.
        NotPermitted: The acting person may not correct evidence here.
        InvalidInput: The reason is shorter than three characters.
        RuleViolation: Nothing of it is left to withdraw.
    """
    reasoned = replace(act, reason=reason.strip() or act.reason)

    def work(session: Session) -> str:
        reasoned.require_reason("withdrawing a run")
        found = queries.get_run(session, run_ref)
        require(act.actor, Action.CORRECT_EVIDENCE, queries.get_launch(session, found.run.launch))
        left = [evidence for evidence in found.evidence if not _withdrawn(evidence)]
        if not left:
            raise RuleViolation(f"Nothing of {run_ref} is left to withdraw.")
        draft = CorrectionDraft(kind=CorrectionKind.WITHDRAWN, reason=reasoned.reason)
        session.add_all(_row(reasoned, evidence, draft) for evidence in left)
        return run_ref

    return perform(store, reasoned, Action.CORRECT_EVIDENCE, work)


def _require_correctable(evidence: EvidenceRecord, draft: CorrectionDraft) -> None:
    if _withdrawn(evidence):
        raise RuleViolation(
            f"{evidence.task}, {evidence.metric} of {evidence.run} is withdrawn, which is final.",
            "Import a newer run.",
        )
    if (draft.task, draft.metric) == _present_place(evidence):
        raise InvalidInput(
            {"metric": f"the evidence stands in {draft.task}, {draft.metric} already"}
        )


def _withdrawn(evidence: EvidenceRecord) -> bool:
    return any(one.kind is CorrectionKind.WITHDRAWN for one in evidence.corrections)


def _present_place(evidence: EvidenceRecord) -> tuple[str, str]:
    latest = evidence.corrections[-1] if evidence.corrections else evidence
    return latest.task, latest.metric


def _row(act: Act, evidence: EvidenceRecord, draft: CorrectionDraft) -> EvidenceCorrection:
    return EvidenceCorrection(
        run=evidence.run,
        evidence=evidence.id,
        kind=draft.kind,
        task=draft.task or "",
        metric=draft.metric or "",
        reason=draft.reason,
        corrected_by=act.actor.key,
        corrected_at=act.at,
    )
