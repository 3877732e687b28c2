"""Exports of decided snapshots: made once, kept by hash, served again byte for byte."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from sqlmodel import Session

from tracker import __version__
from tracker.domain.errors import RuleViolation, StoreCorrupt
from tracker.domain.report import ReadinessReport
from tracker.domain.reviews import SnapshotRecord
from tracker.domain.roles import Action, require
from tracker.domain.words import ExportFormat
from tracker.readiness.document import inputs_of, read_document
from tracker.services.act import Act, perform
from tracker.services.reports import (
    Reader,
    require_nothing_withheld_since,
    snapshot_report,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.decisions import decision_records
from tracker.store.queries.reviews import get_snapshot, snapshot_document, stored_export
from tracker.store.tables import StoredExport

Render = Callable[[ReadinessReport], bytes]
_ID_LENGTH = 60


def store_export(
    store: Store, act: Act, snapshot: str, kind: ExportFormat, render: Render
) -> bytes:
    """Return the export of a decided snapshot: the one that is kept, else a new one, kept now.

    It is rendered before the transaction, for a large document takes seconds; equal summaries
    give equal bytes, so that it does not matter who is first.

    Args:
        store: The register.
        act: Who asks, and when; the export itself is kept under an id of its own.
        snapshot: Reference of the snapshot.
        kind: The format.
        render: How the format is made.

    Raises:
        NotFound: There is no such snapshot.
        NotPermitted: The acting person may not export.
        RuleViolation: Nobody decided on this snapshot.
        StoreCorrupt: What is kept is not what was made.
    """
    reader = Reader(act.actor, act.at.date(), act.at)
    kept = find_export(store, act, snapshot, kind)
    if kept is not None:
        return kept
    content = render(snapshot_report(store, reader, snapshot))

    def work(session: Session) -> str:
        _require_decided(session, act, snapshot)
        if stored_export(session, snapshot, kind) is None:
            session.add(_row(act, snapshot, kind, content))
        return snapshot

    own = replace(act, request_id=f"{act.request_id[:_ID_LENGTH]} {kind}")
    perform(store, own, Action.EXPORT, work)
    return find_export(store, act, snapshot, kind) or content


def find_export(store: Store, act: Act, snapshot: str, kind: ExportFormat) -> bytes | None:
    """Return the export that is kept of a decided snapshot; None where none was made yet.

    Raises:
        NotFound: There is no such snapshot.
        NotPermitted: The acting person may not export.
        RuleViolation: Nobody decided on this snapshot.
        StoreCorrupt: What is kept is not what was made.
    """
    with store.reading() as session:
        _require_decided(session, act, snapshot)
        content = stored_export(session, snapshot, kind)
        if content is None:
            return None
        parts = inputs_of(read_document(snapshot_document(session, snapshot)))
        require_nothing_withheld_since(session, get_snapshot(session, snapshot), parts)
        row = session.get_one(StoredExport, (snapshot, kind))
        if sha256(content).hexdigest() != row.sha256:
            raise StoreCorrupt(
                f"The {kind} export of {snapshot} is not the one that was made.",
                "Run: holdpoint verify",
            )
        return content


def _require_decided(session: Session, act: Act, ref: str) -> None:
    snapshot = get_snapshot(session, ref)
    require(act.actor, Action.EXPORT, queries.get_launch(session, snapshot.launch))
    if not _decided(session, snapshot):
        raise RuleViolation(
            f"Nobody decided on {ref}; only exports of a decided snapshot are kept.",
            "Export the launch as it is.",
        )


def is_decided(store: Store, ref: str) -> bool:
    """Tell whether somebody decided on a snapshot.

    Raises:
        NotFound: There is no such snapshot.
    """
    with store.reading() as session:
        return _decided(session, get_snapshot(session, ref))


def _decided(session: Session, snapshot: SnapshotRecord) -> bool:
    decisions = decision_records(session, [snapshot.launch])
    return snapshot.ref in {one.snapshot for one in decisions}


def _row(act: Act, snapshot: str, kind: ExportFormat, content: bytes) -> StoredExport:
    return StoredExport(
        snapshot=snapshot,
        format=kind,
        sha256=sha256(content).hexdigest(),
        product_version=__version__,
        made_by=act.actor.key,
        made_at=act.at,
        content=content,
    )
