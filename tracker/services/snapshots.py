"""Snapshots: taken at the start of a review, read as summaries, and proven unaltered."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlmodel import Session, select

from tracker import __version__
from tracker.domain.report import Proceedings, ReadinessReport
from tracker.domain.reviews import SnapshotRecord
from tracker.domain.snapshots import MaterialityPolicy
from tracker.domain.state import LaunchState
from tracker.domain.words import Origin, RegisterKind
from tracker.readiness.document import (
    Judged,
    SnapshotInputs,
    Taking,
    document_hash,
    hashes_in,
    inputs_of,
    ledger_lines,
    make_document,
    policy_in,
    read_document,
    results_of,
    sections_in,
    taking_of,
)
from tracker.readiness.kept import (
    kept_inputs,
    kept_lines,
    kept_people,
    kept_state,
    withheld_among,
    withheld_on,
)
from tracker.readiness.launch import launch_states
from tracker.readiness.materiality import section_hashes
from tracker.readiness.withheld import withhold_ledger
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import NotPlain, as_plain
from tracker.services.act import Act
from tracker.services.ledger import ledger_within
from tracker.services.review_state import Method
from tracker.services.sections import Present, present_within
from tracker.services.summaries import Sheet, summary
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.reviews import get_review, get_snapshot, snapshot_document
from tracker.store.queries.withheld import withheld_items
from tracker.store.tables import Snapshot, StoredExport, snapshot_ref
from tracker.store.writes import next_number

RECENT_CHANGES = 30


def take(
    session: Session, act: Act, method: Method, review: str, origin: Origin = Origin.ENTERED
) -> str:
    """Write a snapshot of the launch of a review, as this transaction sees it.

    Returns:
        The reference of the snapshot, such as `gpt-4v-2023-09/S-1`.

    Raises:
        NotFound: There is no such review.
    """
    launch = get_review(session, review).launch
    today = act.at.date()
    present = present_within(session, method.profile, method.policy, today, launch)
    parts = snapshot_inputs(session, present)
    taking = Taking(review, act.at, act.actor.key, act.actor.authenticated, __version__)
    judged = Judged(present.sections, present.hashes, state_of(parts))
    document = make_document(taking, judged, parts, method.policy)
    row = _row(session, taking, present, document, method.policy)
    row.origin = origin
    session.add(row)
    session.flush()
    return row.ref


def _row(
    session: Session,
    taking: Taking,
    present: Present,
    document: bytes,
    policy: MaterialityPolicy,
) -> Snapshot:
    launch = present.state.launch.key
    number = next_number(session, Snapshot, launch)
    return Snapshot(
        ref=snapshot_ref(launch, number),
        launch=launch,
        number=number,
        review=taking.review,
        taken_at=taking.taken_at,
        taken_by=taking.taken_by,
        authenticated=taking.authenticated,
        as_of=present.setting.today,
        sha256=document_hash(document),
        policy=policy.version,
        sections=[_hashes(one) for one in present.hashes],
        document=document.decode("utf-8"),
    )


def _hashes(record: Any) -> dict[str, str]:
    plain: Any = as_plain(record)
    return plain


def snapshot_inputs(session: Session, present: Present) -> SnapshotInputs:
    """Return all that a summary of a launch is made of, without restricted text."""
    launch = present.inputs.launch
    ledger = ledger_within(session, launch, present.setting.today)
    hidden = withheld_on(present.inputs) | withheld_among(ledger.runs)
    shown = withhold_ledger(ledger, hidden)
    lines = queries.change_lines(session, launch=launch.key, limit=RECENT_CHANGES)
    setting = present.setting
    return SnapshotInputs(
        inputs=kept_inputs(present.inputs),
        areas=setting.areas,
        people=kept_people(setting.people),
        teams=setting.teams,
        profile=setting.profile,
        today=setting.today,
        definitions=setting.definitions,
        runs=shown.runs,
        lines=ledger_lines(shown),
        ledger_day=shown.today,
        changes=kept_lines(lines, hidden, {one.ref for one in withheld_items(session)}),
        chain=queries.chain_head(session),
        kind=queries.register_info(session).kind,
    )


def state_of(parts: SnapshotInputs) -> LaunchState:
    """Return what a launch was, computed anew from what its snapshot keeps."""
    return kept_state(launch_states([parts.inputs], parts.setting)[0], withheld_on(parts.inputs))


def report_of(document: str | bytes, proceedings: Proceedings | None = None) -> ReadinessReport:
    """Return the readiness summary of a snapshot; equal arguments give an equal summary.

    Args:
        document: As stored.
        proceedings: What was signed and decided; a snapshot is older than the signatures on it.

    Raises:
        NotPlain: The document is none that this product reads.
    """
    read = read_document(document)
    parts = inputs_of(read)
    taking = taking_of(read)
    sheet = Sheet(
        generated_at=taking.taken_at,
        generated_by=parts.people[taking.taken_by].name,
        authenticated=taking.authenticated,
        recent=parts.changes,
        ledger=parts.ledger,
        waivers=parts.inputs.waivers,
        determinations=parts.inputs.determinations,
        chain=parts.chain,
        product_version=taking.product_version,
        is_demo=parts.kind is RegisterKind.DEMO,
        proceedings=proceedings,
    )
    return summary(state_of(parts), sheet)


def prove(store: Store, ref: str) -> tuple[str, ...]:
    """Return what is wrong with a snapshot and the exports stored with it; empty where nothing is.

    Raises:
        NotFound: No snapshot has this reference.
    """
    with store.reading() as session:
        record = get_snapshot(session, ref)
        document = snapshot_document(session, ref)
        exports = session.exec(select(StoredExport).where(StoredExport.snapshot == ref)).all()
        altered = [one.format for one in exports if sha256(one.content).hexdigest() != one.sha256]
    problems = [f"{ref}: the stored {kind.value} export is not the one made" for kind in altered]
    return (*_problems(record, document), *problems)


def _problems(record: SnapshotRecord, document: str) -> Iterator[str]:
    if document_hash(document.encode("utf-8")) != record.sha256:
        yield f"{record.ref}: the document does not have the hash on record"
    try:
        read = read_document(document)
        if canonical_bytes(read) != document.encode("utf-8"):
            yield f"{record.ref}: the document is not in its canonical form"
        yield from (f"{record.ref}: {problem}" for problem in _inside(record, read))
    except (NotPlain, KeyError, TypeError) as error:
        yield f"{record.ref}: the document cannot be read: {error}"


def _inside(record: SnapshotRecord, read: Mapping[str, Any]) -> Iterator[str]:
    taking = taking_of(read)
    stated = (read["launch"], taking.review, taking.taken_at, taking.taken_by, read["policy"])
    if stated != (record.launch, record.review, record.taken_at, record.taken_by, record.policy):
        yield "launch, review, time, person or policy differ between document and register"
    if record.sections != hashes_in(read):
        yield "the section hashes differ between document and register"
    found = zip(section_hashes(sections_in(read), policy_in(read)), hashes_in(read), strict=True)
    for worked_out, stated_hash in found:
        if worked_out != stated_hash:
            yield f"section {stated_hash.name} does not have its hashes"
    if taking.product_version == __version__ and not _same_results(read):
        yield "the results do not follow from the inputs"


def _same_results(read: Mapping[str, Any]) -> bool:
    return canonical_bytes(results_of(state_of(inputs_of(read)))) == canonical_bytes(
        read["results"]
    )
