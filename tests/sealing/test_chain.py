"""The chain shows every change to what was recorded."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.changes import ChangeRecord
from tracker.sealing.chain import GENESIS, entry_of, first_break, seal

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HASHED = [
    *("seq", "at", "actor", "actor_name", "authenticated", "action"),
    *("entity", "subject", "launch", "fields", "reason"),
]


def a_chain(length: int) -> list[ChangeRecord]:
    records: list[ChangeRecord] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        record = ChangeRecord(
            seq=seq,
            at=START + timedelta(seconds=seq),
            actor="ada",
            actor_name="Ada",
            authenticated=False,
            action="edit a launch",
            entity="launch",
            subject="aurora-1",
            launch="aurora-1",
            fields={"name": (None, f"Aurora {seq}")},
            reason="",
            previous_hash=previous,
            hash="",
        )
        previous = seal(previous, entry_of(record))
        records.append(replace(record, hash=previous))
    return records


def test_a_hash_is_the_sha256_of_the_canonical_entry_with_the_hash_before() -> None:
    entry = {"seq": 1, "reason": "because"}
    by_hand = json.dumps(
        {"previous_hash": GENESIS, "reason": "because", "seq": 1}, separators=(",", ":")
    )
    assert seal(GENESIS, entry) == sha256(by_hand.encode()).hexdigest()


def test_a_hash_made_today_is_the_hash_made_by_the_first_release() -> None:
    assert a_chain(2)[1].hash == (
        "bed422d7c5001d94c7ccb5024fa66d5db649c40e752bee01c5037a002c15da4e"
    )


def test_a_chain_as_written_is_sound() -> None:
    assert first_break(a_chain(5)) is None


def test_an_empty_chain_is_sound() -> None:
    assert first_break([]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", START),
        ("actor", "ben"),
        ("actor_name", "Ben"),
        ("authenticated", True),
        ("action", "x"),
        ("entity", "risk"),
        ("subject", "aurora-2"),
        ("launch", None),
        ("fields", {"name": ("Aurora", "Aurora 3")}),
        ("reason", "because"),
        ("previous_hash", GENESIS),
        ("hash", "0" * 64),
        ("seq", 9),
    ],
)
def test_a_change_to_any_field_breaks_the_chain_there(field: str, value: Any) -> None:
    records = a_chain(5)
    records[2] = replace(records[2], **{field: value})
    assert first_break(records) == 3


def test_every_field_of_a_change_is_either_hashed_or_a_hash() -> None:
    assert set(entry_of(a_chain(1)[0])) == set(HASHED)
    assert {*HASHED, "previous_hash", "hash"} == set(ChangeRecord.__dataclass_fields__)


def test_a_changed_entry_sealed_anew_breaks_the_chain_after_it() -> None:
    records = a_chain(5)
    forged = replace(records[2], reason="I was never here")
    records[2] = replace(forged, hash=seal(forged.previous_hash, entry_of(forged)))
    assert first_break(records) == 4


@given(st.integers(min_value=2, max_value=8), st.data())
def test_a_removed_or_moved_entry_breaks_the_chain(length: int, data: st.DataObject) -> None:
    records = a_chain(length)
    place = data.draw(st.integers(min_value=0, max_value=length - 2))
    assert first_break(records[:place] + records[place + 1 :]) == place + 1
    records[place], records[place + 1] = records[place + 1], records[place]
    assert first_break(records) == place + 1
