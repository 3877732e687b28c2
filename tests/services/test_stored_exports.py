"""Exports of decided snapshots are kept and served again as they are."""

import json
import sqlite3
from threading import Barrier, Thread

import pytest

from tests.cast import ADA, CLEO, DANA, NOW
from tests.factories import AURORA
from tests.services.acts import act
from tests.services.evidence_files import APPROVER, as_role
from tests.services.reviewing import (
    S1,
    a_signed_review,
    decided,
    something_material_happens,
)
from tracker.domain.errors import NotFound, NotPermitted, RuleViolation, StoreCorrupt
from tracker.domain.words import ExportFormat
from tracker.exports.formats import EXPORTERS
from tracker.services.history import history
from tracker.services.stored_exports import find_export, store_export
from tracker.store.tables import StoredExport

JSON, CSV = ExportFormat.JSON, ExportFormat.CSV


def stored(store, actor=APPROVER, kind=JSON, request_id=None) -> bytes:
    render = EXPORTERS[kind].render
    return store_export(store, act(actor, request_id=request_id), S1, kind, render)


def row(store, kind=JSON) -> StoredExport:
    with store.reading() as session:
        return session.get_one(StoredExport, (S1, kind))


def test_the_export_of_a_decided_snapshot_is_kept(store):
    a_signed_review(store)
    decided(store)
    content = stored(store)
    assert json.loads(content)["launch"]["key"] == AURORA
    kept = row(store)
    assert (kept.content, kept.made_by, kept.made_at) == (content, "fay", NOW)
    assert find_export(store, act(CLEO), S1, JSON) == content
    assert history(store, subject=S1, limit=1)[0].actor == "fay"


def test_it_is_served_again_byte_for_byte_whatever_happens_later_and_whoever_asks(store):
    a_signed_review(store)
    decided(store)
    first = stored(store)
    something_material_happens(store)
    assert stored(store, DANA) == first
    assert store_export(store, act(DANA), S1, JSON, lambda _report: b"another") == first
    assert row(store).made_by == "fay"


def test_each_format_is_kept_apart_and_a_save_sent_twice_is_done_once(signed_store):
    decided(signed_store)
    assert stored(signed_store, request_id="once") == stored(signed_store, request_id="once")
    assert stored(signed_store, kind=CSV, request_id="once") != stored(signed_store)


def test_an_export_made_anew_is_the_one_that_is_kept(signed_store):
    decided(signed_store)
    content = stored(signed_store)
    something_material_happens(signed_store)
    seen = []
    with pytest.raises(KeyError):
        store_export(signed_store, act(DANA), S1, CSV, lambda report: seen.append(report) or {}[0])
    assert EXPORTERS[JSON].render(seen[0]) == content


def test_nothing_is_kept_of_a_snapshot_that_nobody_decided_on_or_that_is_none(review_store):
    with pytest.raises(RuleViolation, match="Nobody decided on"):
        stored(review_store)
    with pytest.raises(NotFound):
        find_export(review_store, act(ADA), f"{AURORA}/S-9", JSON)


def test_who_may_not_export_gets_nothing(signed_store):
    decided(signed_store)
    with pytest.raises(NotPermitted):
        stored(signed_store, as_role(CLEO))
    assert find_export(signed_store, act(ADA), S1, JSON) is None


def test_of_two_who_export_at_the_same_time_both_get_the_same(store):
    a_signed_review(store)
    decided(store)
    start, found = Barrier(2), []

    def export(who) -> None:
        start.wait()
        found.append(stored(store, who))

    threads = [Thread(target=export, args=(who,)) for who in (APPROVER, DANA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1] == row(store).content


def test_what_was_kept_and_tampered_with_is_not_handed_out(signed_store):
    decided(signed_store)
    stored(signed_store)
    with sqlite3.connect(signed_store.url.removeprefix("sqlite:///")) as file:
        file.execute("DROP TRIGGER stored_export_no_update")
        file.execute("UPDATE stored_export SET content = ?", (b"another",))
    with pytest.raises(StoreCorrupt, match="not the one that was made"):
        find_export(signed_store, act(CLEO), S1, JSON)
