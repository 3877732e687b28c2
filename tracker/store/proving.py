"""Proof that a register is as it was written: its chain, its rows, its snapshots and exports."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session

from tracker.domain.changes import ChainHead
from tracker.store.fetching import fetch_first
from tracker.store.history import CHANGES, all_changes, chain_head, verify_chain
from tracker.store.queries.rows import T
from tracker.store.raw_rows import UNREADABLE, raw_rows
from tracker.store.reconciling import Disagreement, disagreements

_TOLD: Final = ("seq", "at", "actor", "actor_name", "action", "entity", "subject")


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """The first record that does not fit the chain.

    Attributes:
        seq: Where it stands, or should stand.
        told: What it says of itself, None where it is gone or a value cannot be read.
    """

    seq: int
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BrokenDocument:
    """A snapshot or a stored export that its own SHA-256 does not fit."""

    ref: str
    fault: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What reading a whole register showed.

    Attributes:
        rows: Empty where the chain is broken, since nothing can then be compared with it.
        snapshots, exports: How many were read.
    """

    head: ChainHead
    broken: BrokenRecord | None
    rows: tuple[Disagreement, ...]
    documents: tuple[BrokenDocument, ...]
    snapshots: int
    exports: int

    @property
    def sound(self) -> bool:
        """Whether everything is as it was written."""
        return not (self.broken or self.rows or self.documents)


@dataclass(frozen=True, slots=True)
class KnownExport:
    """What a file is, by its SHA-256: an export of a snapshot, kept or only noted.

    Attributes:
        kind: "stored export" where the register keeps its bytes, "noted export" where it keeps
            only the SHA-256.
    """

    sha256: str
    kind: str
    format: str
    made_at: datetime
    made_by: str


def prove(session: Session) -> Proof:
    """Read the whole register and say what is not as it was written."""
    broken = verify_chain(session)
    snapshots = [*_documents(session, "snapshot", ("ref",), "document")]
    exports = [*_documents(session, "stored_export", ("snapshot", "format"), "content")]
    return Proof(
        head=chain_head(session),
        broken=None if broken is None else _broken(session, broken),
        rows=_rows(session) if broken is None else (),
        documents=tuple(one for one in (*snapshots, *exports) if one is not None),
        snapshots=len(snapshots),
        exports=len(exports),
    )


def find_export(session: Session, snapshot: str, content: bytes) -> KnownExport | None:
    """Say which export of a snapshot a file is; None where it is none, or was altered."""
    digest = sha256(content).hexdigest()
    stored, noted = T["stored_export"].c, T["export_log"].c
    kept = (stored.snapshot == snapshot) & (stored.sha256 == digest)
    row = fetch_first(session, select(stored.format, stored.made_at, stored.made_by).where(kept))
    if row is not None:
        return KnownExport(digest, "stored export", *row)
    told = (noted.snapshot == snapshot) & (noted.sha256 == digest)
    wanted = select(noted.format, noted.exported_at, noted.exported_by).where(told)
    row = fetch_first(session, wanted.order_by(noted.id))
    return None if row is None else KnownExport(digest, "noted export", *row)


def _rows(session: Session) -> tuple[Disagreement, ...]:
    with closing(all_changes(session)) as entries:
        found = disagreements(session, entries)
        return tuple(sorted(found, key=lambda one: (one.seq or 0, one.noun, one.ref, one.field)))


def _broken(session: Session, seq: int) -> BrokenRecord:
    here: dict[str, Any] = dict.fromkeys(_TOLD)
    for row in raw_rows(session, CHANGES, _TOLD, order_by=("seq",)):
        if row["seq"] == seq:
            here = {name: None if row[name] is UNREADABLE else row[name] for name in _TOLD}
    return BrokenRecord(seq, here)


def _documents(
    session: Session, table: str, key: tuple[str, ...], document: str
) -> Iterator[BrokenDocument | None]:
    """Yield None for each document that its SHA-256 fits, else what is wrong."""
    for row in raw_rows(session, T[table], (*key, "sha256", document), order_by=key):
        ref = " ".join(str(row[name]) for name in key)
        fits = _digest(row[document]) == row["sha256"]
        yield None if fits else BrokenDocument(ref, f"the {document} does not fit its SHA-256")


def _digest(content: Any) -> str | None:
    if content is UNREADABLE:
        return None
    return sha256(content.encode() if isinstance(content, str) else bytes(content)).hexdigest()
