"""Who took what out of the register: every export leaves a line in the record."""

from hashlib import sha256

from sqlmodel import Session

from tracker.domain.errors import RuleViolation
from tracker.domain.report import ReadinessReport
from tracker.domain.roles import Action, require
from tracker.services.act import Act, perform
from tracker.services.reports import Reader, snapshot_report
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.queries.reviews import snapshot_document, snapshot_records
from tracker.store.tables import ExportLog


def log_export(
    store: Store, act: Act, launch: str, kind: str, content: bytes, snapshot: str | None = None
) -> str:
    """Record that somebody takes a file about a launch out of the register.

    Args:
        store: The register.
        act: Who exports, and when.
        launch: Key of the launch.
        kind: What it is, such as `pdf` or `bundle`.
        content: The bytes that are handed out; their SHA-256 is recorded.
        snapshot: Reference of the snapshot that they were made from; None for the launch of today.

    Returns:
        The number of the record.

    Raises:
        NotFound: There is no such launch.
        NotPermitted: The acting person may not export.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.EXPORT, queries.get_launch(session, launch))
        row = ExportLog(
            launch=launch,
            snapshot=snapshot,
            format=kind,
            sha256=sha256(content).hexdigest(),
            exported_by=act.actor.key,
            exported_at=act.at,
        )
        session.add(row)
        session.flush()
        return str(row.id)

    if _is_registered(store, act):
        return perform(store, act, Action.EXPORT, work)
    # Whoever has the file can read it at the command line; the record says so, under no name.
    stamp = Stamp(None, Action.EXPORT.value, f"by {act.actor.person.name}", at=act.at)
    with store.writing(stamp) as session:
        return work(session)


def _is_registered(store: Store, act: Act) -> bool:
    with store.reading() as session:
        return act.actor.key in queries.people(session)


def latest_snapshot(store: Store, launch: str) -> str | None:
    """Return the reference of the snapshot that a bundle is made from; None before the first.

    It is the one that the latest decision rests on, else the latest one.
    """
    with store.reading() as session:
        queries.get_launch(session, launch)
        (inputs,) = queries.launch_inputs(session, [launch])
        taken = snapshot_records(session, [launch])
    if inputs.decisions:
        return inputs.decisions[-1].snapshot
    return taken[-1].ref if taken else None


def snapshot_to_bundle(store: Store, reader: Reader, launch: str) -> tuple[ReadinessReport, bytes]:
    """Return the summary and the document of the snapshot that a bundle is made from.

    Raises:
        NotFound: The launch does not exist.
        RuleViolation: No snapshot was ever taken of it.
        NotPermitted: The acting person may not export.
    """
    ref = latest_snapshot(store, launch)
    if ref is None:
        raise RuleViolation(
            f"No snapshot was ever taken of {launch}; a bundle is made from one.",
            "Start a review first, or export the launch as it is.",
        )
    report = snapshot_report(store, reader, ref)
    with store.reading() as session:
        return report, snapshot_document(session, ref).encode("utf-8")
