"""Small writes and numbers that more than one use case needs.

Numbers are the highest given so far plus one. That never gives a number twice, since what is
numbered is never deleted (a trigger refuses it) and writers hold the register's write lock.
"""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from tracker.domain.drafts import PartialAssessment
from tracker.store.history import Stamp
from tracker.store.tables import (
    Acceptance,
    AssessmentDraft,
    Condition,
    Decision,
    EvidenceRun,
    Gate,
    Mitigation,
    Request,
    Review,
    Risk,
    Snapshot,
)

Numbered = Review | Snapshot | Decision | Condition | Acceptance
"""What carries a number within its launch."""


def next_risk_number(session: Session, launch: str) -> int:
    """Return the number of the next risk of a launch, from 1 on."""
    highest = session.exec(select(func.max(Risk.number)).where(Risk.launch == launch)).one()
    return int(highest or 0) + 1


def next_run_number(session: Session, launch: str) -> int:
    """Return the number of the next evidence run of a launch, from 1 on."""
    statement = select(func.max(EvidenceRun.number)).where(EvidenceRun.launch == launch)
    return int(session.exec(statement).one() or 0) + 1


def next_gate_number(session: Session, launch: str) -> int:
    """Return the number of the next gate of a launch, from 1 on."""
    highest = session.exec(select(func.max(Gate.number)).where(Gate.launch == launch)).one()
    return int(highest or 0) + 1


def next_number(session: Session, table: type[Numbered], launch: str) -> int:
    """Return the next number of a review, snapshot, decision, condition or acceptance, from 1 on.

    Args:
        session: Where it will be written.
        table: What is numbered.
        launch: Key of the launch within which it is.
    """
    column = table.metadata.tables[str(table.__tablename__)].c
    highest = select(func.max(column.number)).where(column.launch == launch)
    return int(session.exec(highest).one() or 0) + 1


def next_mitigation_number(session: Session) -> int:
    """Return the number of the next mitigation of the register, from 1 on."""
    return int(session.exec(select(func.max(Mitigation.number))).one() or 0) + 1


def remember_request(session: Session, stamp: Stamp, outcome: str) -> None:
    """Note that a save was done, by the id that its form sent; nothing where it sent none."""
    if stamp.request_id is not None:
        session.add(
            Request(
                id=stamp.request_id,
                at=stamp.at,
                actor=stamp.actor_key,
                action=stamp.action,
                outcome=outcome,
            )
        )


def keep_draft(
    session: Session, author: str, risk: str, partial: PartialAssessment, at: datetime
) -> None:
    """Keep a half-made assessment in place of the author's earlier one of this risk."""
    payload = partial.model_dump(mode="json")
    row = session.get(AssessmentDraft, (risk, author))
    if row is None:
        session.add(AssessmentDraft(risk=risk, author=author, payload=payload, saved_at=at))
    else:
        row.payload = payload
        row.saved_at = at


def discard_draft(session: Session, author: str, risk: str) -> None:
    """Forget the author's half-made assessment of a risk, if there is one."""
    row = session.get(AssessmentDraft, (risk, author))
    if row is not None:
        session.delete(row)
