"""The readiness summary of a launch as data: of today, or of one of its snapshots.

Whoever exports, withheld detail stays withheld: a file travels further than its reader.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker import __version__
from tracker.domain.errors import RuleViolation
from tracker.domain.records import Actor
from tracker.domain.report import ReadinessReport
from tracker.domain.review_state import ReviewState
from tracker.domain.reviews import SnapshotRecord
from tracker.domain.roles import Action, require
from tracker.domain.scales import ScoringProfile
from tracker.domain.words import RegisterKind
from tracker.readers.materiality import packaged_materiality
from tracker.readiness.document import SnapshotInputs, inputs_of, read_document
from tracker.readiness.kept import withheld_among, withheld_on
from tracker.services.clearing import cover_within
from tracker.services.proceedings import proceedings_now, proceedings_on
from tracker.services.review_state import Method, seen_within
from tracker.services.sections import Present, present_within
from tracker.services.snapshots import report_of, snapshot_inputs, state_of
from tracker.services.summaries import Sheet, summary
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.reviews import get_snapshot, review_records, snapshot_document
from tracker.store.queries.withheld import withheld_items


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a report and when.

    Attributes:
        today: The day whose clocks count.
        at: Aware UTC; printed as the time of making.
    """

    actor: Actor
    today: date
    at: datetime


def readiness_report(
    store: Store, reader: Reader, profile: ScoringProfile, key: str
) -> ReadinessReport:
    """Return the readiness summary of one launch as it is today.

    Raises:
        NotFound: No launch has this key.
        NotPermitted: The acting person may not export.
    """
    with store.reading() as session:
        require(reader.actor, Action.EXPORT, queries.get_launch(session, key))
        return _report(session, reader, Method(profile, packaged_materiality()), key)


def snapshot_report(store: Store, reader: Reader, ref: str) -> ReadinessReport:
    """Return the readiness summary of a snapshot; the same whenever and by whomever it is made.

    Raises:
        NotFound: No snapshot has this reference.
        NotPermitted: The acting person may not export.
        RuleViolation: Something was withheld only after it was taken.
    """
    with store.reading() as session:
        snapshot = get_snapshot(session, ref)
        require(reader.actor, Action.EXPORT, queries.get_launch(session, snapshot.launch))
        document = snapshot_document(session, ref)
        parts = inputs_of(read_document(document))
        require_nothing_withheld_since(session, snapshot, parts)
        return report_of(document, proceedings_on(session, snapshot, parts, state_of(parts)))


def require_nothing_withheld_since(
    session: Session, snapshot: SnapshotRecord, parts: SnapshotInputs
) -> None:
    """Refuse to hand out a snapshot that tells what was withheld only after it was taken.

    Raises:
        RuleViolation: Naming what was withheld since.
    """
    then = withheld_on(parts.inputs) | withheld_among(parts.runs)
    since = [
        item.ref
        for item in withheld_items(session)
        if item.launch == snapshot.launch and item.ref not in then
    ]
    if since:
        raise RuleViolation(
            f"{snapshot.ref} was taken before the detail of {', '.join(since)} was withheld, and "
            "holds it; it is not handed out.",
            "Take a new snapshot, or export the launch as it is.",
        )


def _report(session: Session, reader: Reader, method: Method, key: str) -> ReadinessReport:
    present, review = _seen(session, method, reader.today, key)
    parts = snapshot_inputs(session, present)
    state = state_of(parts)
    # What a summary says of cover is what a pipeline is told: a blocking change suspends it.
    cover = cover_within(session, method, present, state.launch.release, state.today)
    sheet = Sheet(
        generated_at=reader.at,
        generated_by=reader.actor.person.name,
        authenticated=reader.actor.authenticated,
        recent=parts.changes,
        ledger=parts.ledger,
        waivers=parts.inputs.waivers,
        determinations=parts.inputs.determinations,
        chain=parts.chain,
        product_version=__version__,
        is_demo=parts.kind is RegisterKind.DEMO,
        proceedings=proceedings_now(session, parts.inputs, state, review, cover),
    )
    return summary(state, sheet)


def _seen(
    session: Session, method: Method, today: date, key: str
) -> tuple[Present, ReviewState | None]:
    if not review_records(session, [key]):
        return present_within(session, method.profile, method.policy, today, key), None
    seen = seen_within(session, method, today, key)
    return seen.present, seen.review
