"""Snapshots on both databases: taken, read again, proven."""

import json

import pytest
from sqlalchemy import text

from tests.cast import ADA, BEN, NOW, TODAY
from tests.factories import AURORA, a_risk, stamp
from tests.services.reviewing import METHOD, REV, S1, a_ready_launch
from tracker.domain.review_words import WithheldClass
from tracker.domain.snapshots import Section
from tracker.readiness.document import document_hash, read_document, sections_in
from tracker.readiness.materiality import section_hashes
from tracker.sealing.canonical import canonical_bytes
from tracker.services.act import Act
from tracker.services.sections import present_within, since_within
from tracker.services.snapshots import prove, report_of, take
from tracker.store.engine import Store
from tracker.store.queries.reviews import get_snapshot, snapshot_document
from tracker.store.tables import Review, Risk


def taken(store: Store) -> str:
    """A snapshot for a review that begins with it."""
    with store.writing(stamp(BEN)) as session:
        session.add(Review(ref=REV, launch=AURORA, number=1, opened_by="ben", opened_at=NOW))
        session.flush()
        return take(session, Act(BEN, NOW, "a request"), METHOD, REV)


def document_of(store: Store, ref: str = S1) -> str:
    with store.reading() as session:
        return snapshot_document(session, ref)


def sections_now(store: Store) -> tuple[Section, ...]:
    with store.reading() as session:
        return present_within(session, METHOD.profile, METHOD.policy, TODAY, AURORA).sections


def test_a_snapshot_is_one_canonical_text_with_its_hash(store: Store) -> None:
    a_ready_launch(store)
    ref = taken(store)
    assert ref == S1
    text_of = document_of(store)
    assert canonical_bytes(json.loads(text_of)) == text_of.encode()
    with store.reading() as session:
        record = get_snapshot(session, ref)
    assert record.sha256 == document_hash(text_of.encode())
    assert (record.review, record.taken_by, record.as_of) == (REV, "ben", TODAY)
    assert record.sections == section_hashes(sections_in(read_document(text_of)), METHOD.policy)
    assert prove(store, ref) == ()


def test_nothing_differs_right_after_a_snapshot_and_what_changes_later_is_said(
    store: Store,
) -> None:
    a_ready_launch(store)
    taken(store)
    assert sections_in(read_document(document_of(store))) == sections_now(store)
    with store.writing(stamp()) as session:
        session.get_one(Risk, f"{AURORA}/R-1").title = "Another title"
    with store.reading() as session:
        present = present_within(session, METHOD.profile, METHOD.policy, TODAY, AURORA)
        since = since_within(session, present, S1, METHOD.policy)
    assert [one.words for one in since.changes] == ["R-1: title reworded"]
    assert not since.stale
    a_risk(store)
    with store.reading() as session:
        present = present_within(session, METHOD.profile, METHOD.policy, TODAY, AURORA)
        since = since_within(session, present, S1, METHOD.policy)
    assert since.stale
    assert not since.blocked
    assert "R-2 is UNASSESSED" in [one.words for one in since.changes]


SECRET = "mixed with a common salt"


def test_a_snapshot_never_holds_restricted_text(store: Store) -> None:
    a_ready_launch(store)
    with store.writing(stamp(ADA)) as session:
        risk = session.get_one(Risk, f"{AURORA}/R-1")
        risk.scenario = SECRET
        risk.note = SECRET
    with store.writing(stamp()) as session:
        session.get_one(Risk, f"{AURORA}/R-1").withheld = WithheldClass.INFORMATION_HAZARD
    taken(store)
    document = document_of(store)
    assert SECRET not in document
    assert WithheldClass.INFORMATION_HAZARD.marker in document
    assert prove(store, S1) == ()
    report = report_of(document)
    assert [one.ranked.state.risk.scenario for one in report.risks] == [
        WithheldClass.INFORMATION_HAZARD.marker
    ]


def test_nobodys_sign_in_is_in_a_snapshot(store: Store) -> None:
    a_ready_launch(store)
    with store.writing(stamp()) as session:
        session.connection().execute(
            text("UPDATE person SET sign_in = 'ada@lab.example' WHERE key = 'ada'")
        )
    taken(store)
    assert "ada@lab.example" not in document_of(store)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('"fraud', '"freud', "the document does not have the hash on record"),
        ('"schema":"holdpoint snapshot 1"', '"schema":"holdpoint snapshot 9"', "cannot be read"),
        ('{"as_of"', '{ "as_of"', "the document is not in its canonical form"),
        ('"verdict":"', '"verdict":"Not ', "the results do not follow from the inputs"),
        ('"taken_by":"ben"', '"taken_by":"ada"', "differ between document and register"),
        ('"What could happen', '"What cannot happen', "does not have its hashes"),
    ],
)
def test_a_document_that_was_tampered_with_is_not_proven(
    sqlite_store: Store, before: str, after: str, problem: str
) -> None:
    a_ready_launch(sqlite_store)
    with sqlite_store.writing(stamp()) as session:
        session.get_one(Risk, f"{AURORA}/R-1").scenario = "What could happen"
    taken(sqlite_store)
    tampered = document_of(sqlite_store).replace(before, after)
    assert tampered != document_of(sqlite_store)
    with sqlite_store.writing(stamp()) as session:
        connection = session.connection()
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'snapshot'")
        )
        for (name,) in names.all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE snapshot SET document = :it"), {"it": tampered})
    found = prove(sqlite_store, S1)
    assert any(problem in one for one in found), found
    assert any("hash on record" in one for one in found), found
