"""Reviews with their snapshots, signatures, recommendations and minutes."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlmodel import Session

from tracker.domain.reviews import (
    NoteRecord,
    RecommendationRecord,
    ReviewRecord,
    SectionHash,
    SignOffRecord,
    SnapshotRecord,
)
from tracker.domain.words import ExportFormat
from tracker.store.fetching import fetch, fetch_first, fetch_values
from tracker.store.queries.missing import not_found
from tracker.store.queries.rows import T, columns_for
from tracker.store.queries.selections import Keys
from tracker.store.tables import launch_of

_ANSWERED = ("answer", "answered_by", "answered_at")
_REVIEW, _SNAPSHOT = T["review"].c, T["snapshot"].c
_SIGN_OFF, _ANSWER = T["sign_off"].c, T["objection_answer"].c
_EXPORT = T["stored_export"].c
REVIEW = columns_for(ReviewRecord, "review")
SNAPSHOT = columns_for(SnapshotRecord, "snapshot")
RECOMMENDATION = columns_for(RecommendationRecord, "recommendation")
NOTE = columns_for(NoteRecord, "meeting_note")
SIGN_OFF = [*columns_for(SignOffRecord, "sign_off", without=_ANSWERED)]
_SNAPSHOT_FIELDS = [column.name for column in SNAPSHOT]
_SIGN_OFF_FIELDS = [column.name for column in SIGN_OFF]


def review_records(session: Session, keys: Keys) -> tuple[ReviewRecord, ...]:
    """Read the reviews of launches, in order of launch and number."""
    return _reviews(session, on_launches(_REVIEW.launch, keys))


def get_review(session: Session, ref: str) -> ReviewRecord:
    """Read one review.

    Raises:
        NotFound: No review has this reference; similar ones are named.
    """
    return only(session, "review", ref, _reviews(session, _REVIEW.ref == ref))


def find_open_review(session: Session, launch: str) -> ReviewRecord | None:
    """Read the review of a launch that is not closed; the newest, None where there is none."""
    still_open = (_REVIEW.launch == launch) & _REVIEW.closed_at.is_(None)
    found = _reviews(session, still_open)
    return found[-1] if found else None


def snapshot_records(session: Session, keys: Keys) -> tuple[SnapshotRecord, ...]:
    """Read the snapshots of launches without their documents, in order of launch and number."""
    return _snapshots(session, on_launches(_SNAPSHOT.launch, keys))


def get_snapshot(session: Session, ref: str) -> SnapshotRecord:
    """Read one snapshot without its document.

    Raises:
        NotFound: No snapshot has this reference; similar ones are named.
    """
    return only(session, "snapshot", ref, _snapshots(session, _SNAPSHOT.ref == ref))


def snapshot_document(session: Session, ref: str) -> str:
    """Read the canonical document of a snapshot, as it was stored.

    Raises:
        NotFound: No snapshot has this reference; similar ones are named.
    """
    found = fetch_values(session, select(_SNAPSHOT.document).where(_SNAPSHOT.ref == ref))
    return str(only(session, "snapshot", ref, found))


def stored_export(session: Session, snapshot: str, kind: ExportFormat) -> bytes | None:
    """Read the bytes of an export of a snapshot; None where none of this format was made."""
    which = (_EXPORT.snapshot == snapshot) & (_EXPORT.format == kind)
    row = fetch_first(session, select(_EXPORT.content).where(which))
    return None if row is None else bytes(row.content)


def sign_off_records(session: Session, keys: Keys) -> tuple[SignOffRecord, ...]:
    """Read the signatures on launches with the answers to objections, oldest first."""
    answered = [_ANSWER[name] for name in _ANSWERED]
    statement = (
        select(*SIGN_OFF, *answered)
        .outerjoin(T["objection_answer"], _ANSWER.sign_off == _SIGN_OFF.id)
        .where(on_launches(_SIGN_OFF.launch, keys))
    )
    return in_order(map(_sign_off_record, fetch(session, statement)))


def recommendation_records(session: Session, keys: Keys) -> tuple[RecommendationRecord, ...]:
    """Read what was recommended on launches, oldest first."""
    which = on_launches(T["recommendation"].c.launch, keys)
    rows = fetch(session, select(*RECOMMENDATION).where(which))
    return in_order(RecommendationRecord(*row) for row in rows)


def note_records(session: Session, review: str) -> tuple[NoteRecord, ...]:
    """Read the minutes of one review, oldest line first."""
    rows = fetch(session, select(*NOTE).where(T["meeting_note"].c.review == review))
    return in_order(NoteRecord(*row) for row in rows)


def on_launches(launch: ColumnElement[Any], keys: Keys) -> ColumnElement[bool]:
    """Return the condition that a row is of one of the launches."""
    return true() if keys is None else launch.in_(keys)


def in_order(records: Iterable[Any]) -> tuple[Any, ...]:
    """Order records by their ids, oldest first."""
    return tuple(sorted(records, key=attrgetter("id")))


def by_number(records: Iterable[Any]) -> tuple[Any, ...]:
    """Order records by launch and number."""
    return tuple(sorted(records, key=attrgetter("launch", "number")))


def only(session: Session, table: str, ref: str, found: Sequence[Any]) -> Any:
    """Return the one record found.

    Raises:
        NotFound: None was; similar references of the launch are named.
    """
    if found:
        return found[0]
    column = T[table].c
    known = select(column.ref).where(column.launch == launch_of(ref)).order_by(column.number)
    raise not_found(table, ref, fetch_values(session, known))


def _reviews(session: Session, which: ColumnElement[bool]) -> tuple[ReviewRecord, ...]:
    return by_number(ReviewRecord(*row) for row in fetch(session, select(*REVIEW).where(which)))


def _snapshots(session: Session, which: ColumnElement[bool]) -> tuple[SnapshotRecord, ...]:
    rows = fetch(session, select(*SNAPSHOT).where(which))
    return by_number(_snapshot_record(row) for row in rows)


def _snapshot_record(row: Sequence[Any]) -> SnapshotRecord:
    values: dict[str, Any] = dict(zip(_SNAPSHOT_FIELDS, row, strict=True))
    values["sections"] = tuple(SectionHash(**section) for section in values["sections"])
    return SnapshotRecord(**values)


def _sign_off_record(row: Sequence[Any]) -> SignOffRecord:
    names = (*_SIGN_OFF_FIELDS, *_ANSWERED)
    values: dict[str, Any] = dict(zip(names, row, strict=True))
    values["answer"] = values["answer"] or ""
    return SignOffRecord(**values)
