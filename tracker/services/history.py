"""Reading the audit chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Unpack

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.readiness.kept import kept_lines
from tracker.readiness.withheld import Hidden
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain as first_break
from tracker.store.proving import Proof, prove
from tracker.store.queries.withheld import withheld_items


def history(
    store: Store,
    *,
    limit: int = 200,
    every_entry: bool = False,
    hidden: Hidden | None = None,
    **narrowing: Unpack[queries.Narrowing],
) -> tuple[ChangeLine, ...]:
    """Return recorded changes, newest first, narrowed by what is given.

    Entries of evidence that one save made alike are one line, unless every entry is asked for.

    Args:
        store: The register.
        limit: Most lines to return.
        every_entry: Fold nothing.
        hidden: References whose detail the reader may not see; everything withheld where None.
        narrowing: What narrows it, see `Narrowing`.
    """
    with store.reading() as session:
        if hidden is None:
            hidden = frozenset(item.ref for item in withheld_items(session))
        if every_entry:
            entries = queries.changes(session, limit=limit, **narrowing)
            return kept_lines([ChangeLine.of(entry) for entry in entries], hidden)
        return kept_lines(queries.change_lines(session, limit=limit, **narrowing), hidden)


def chain_state(store: Store) -> ChainHead:
    """Return length and head of the audit chain."""
    with store.reading() as session:
        return queries.chain_head(session)


@dataclass(frozen=True, slots=True)
class Proven:
    """What reading a whole register showed.

    Attributes:
        faults: What is not as it was written, one sentence each; empty where all is.
        snapshots, exports: How many were read.
    """

    head: ChainHead
    faults: tuple[str, ...]
    snapshots: int
    exports: int


def prove_register(store: Store) -> Proven:
    """Read chain, rows, snapshots and exports, and say what is not as it was written."""
    with store.reading() as session:
        proof = prove(session)
    return Proven(proof.head, tuple(_faults(proof)), proof.snapshots, proof.exports)


def _faults(proof: Proof) -> Iterator[str]:
    if proof.broken is not None:
        yield (
            f"Record {proof.broken.seq} does not fit the chain: it, or one before it, was changed "
            "after it was written."
        )
    for row in proof.rows:
        field = f", {row.field}" if row.field else ""
        yield f"{row.noun} {row.ref}{field}: {row.fault}."
    yield from (f"{one.ref}: {one.fault}." for one in proof.documents)


def verify_chain(store: Store) -> int | None:
    """Return the number of the first record that does not fit the chain; None where all do."""
    with store.reading() as session:
        return first_break(session)
