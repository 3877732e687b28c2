"""The audit chain: each entry carries the hash of the one before.

    hash(n) = SHA-256(canonical form of entry n, in which `previous_hash` is hash(n - 1))

Changing, inserting or removing an entry breaks the chain from there on. Entries cut from its end
leave a shorter sound chain: only a length and head noted elsewhere (each export prints them)
shows that.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from tracker.domain.changes import ChangeRecord
from tracker.sealing.canonical import canonical_bytes

GENESIS: Final = "0" * 64
"""The hash that the first entry names as the one before it."""


def seal(previous_hash: str, entry: Mapping[str, object]) -> str:
    """Return the SHA-256 (64 hexadecimal digits) that binds an entry to the one before it.

    Args:
        previous_hash: Hash of the entry before, `GENESIS` for the first.
        entry: Everything else of the entry; must not hold `hash` or `previous_hash`.
    """
    return sha256(canonical_bytes({**entry, "previous_hash": previous_hash})).hexdigest()


def entry_of(record: ChangeRecord) -> dict[str, object]:
    """Return what the hash of a change covers, apart from the hash before it."""
    return {
        "seq": record.seq,
        "at": record.at,
        "actor": record.actor,
        "actor_name": record.actor_name,
        "authenticated": record.authenticated,
        "action": record.action,
        "entity": record.entity,
        "subject": record.subject,
        "launch": record.launch,
        "fields": record.fields,
        "reason": record.reason,
    }


def first_break(records: Iterable[ChangeRecord]) -> int | None:
    """Return the first position at which a chain read from its start is not sound, else None.

    A missing entry is reported at the position where it should stand.
    """
    previous = GENESIS
    for position, record in enumerate(records, start=1):
        if not _follows(record, position, previous):
            return position
        previous = record.hash
    return None


def _follows(record: ChangeRecord, position: int, previous: str) -> bool:
    return (
        record.seq == position
        and record.previous_hash == previous
        and record.hash == seal(previous, entry_of(record))
    )
