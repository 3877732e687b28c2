"""A draft held against the launch that it was cloned from: as decided, and as it turned out."""

import pytest

from tests.cast import ADA, DANA, HANA, TODAY
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    an_assessment,
    stamp,
)
from tests.services import reviewing
from tests.services.acts import a_launch_draft, act
from tests.services.decided import STAGED, launch_version
from tests.services.evidence_files import a_reviewed_launch
from tests.services.reviewing import METHOD
from tracker.domain.errors import NotFound, RuleViolation
from tracker.domain.lineage import Lineage, LineageChange, LineageKind, LineageRow
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.review_words import ExposureStep, Outcome, WithheldClass
from tracker.services.conditions import report_breach
from tracker.services.exposure import expose, step_back
from tracker.services.launches import clone_launch
from tracker.services.lineage import compare
from tracker.store.engine import Store
from tracker.store.tables import Risk

NEXT = "borealis-1"
R1, R2 = f"{AURORA}/R-1", f"{AURORA}/R-2"
N1, N2 = f"{NEXT}/R-1", f"{NEXT}/R-2"
CRITICAL = (5, 5, 5, 5, 5)


def cloned(store: Store, *dropped: DroppedRisk) -> None:
    clone_launch(store, act(ADA), AURORA, a_launch_draft(NEXT), (), dropped)


def compared(store: Store) -> Lineage:
    return compare(store, METHOD.profile, TODAY, NEXT)


def the_row(store: Store, ref: str) -> LineageRow:
    return next(row for row in compared(store).rows if ref in (row.last, row.here))


def rewritten(store: Store, ref: str, **fields: str) -> None:
    with store.writing(stamp()) as session:
        row = session.get_one(Risk, ref)
        for name, text in fields.items():
            setattr(row, name, text)


def test_a_risk_taken_over_and_not_yet_assessed_is_changed(store):
    a_reviewed_launch(store)
    an_assessment(store, a_risk(store), DANA, CRITICAL)
    cloned(store)
    row = the_row(store, N1)
    assert (row.change, row.last, row.here) == (LineageChange.CHANGED, R1, N1)
    assert (row.decided, row.reality, row.now) == ("Critical", "Critical", "UNASSESSED")
    assert row.words == "R-1: UNASSESSED here."


def test_a_risk_that_stands_as_before_is_the_same(store):
    a_reviewed_launch(store)
    an_assessment(store, a_risk(store), DANA, CRITICAL)
    cloned(store)
    an_assessment(store, N1, DANA, CRITICAL)
    row = the_row(store, N1)
    assert (row.change, row.words) == (LineageChange.SAME, "R-1: as on the last launch.")


def test_a_dropped_risk_is_removed_with_its_reason(store):
    a_reviewed_launch(store)
    a_risk(store)
    cloned(store, DroppedRisk(risk=R1, reason="It has no voice."))
    row = the_row(store, R1)
    assert (row.change, row.here, row.now) == (LineageChange.REMOVED, None, "")
    assert row.words == "R-1 is not taken over; dropped by ada: It has no voice."


def test_why_a_withheld_risk_was_dropped_is_withheld_too(store):
    a_reviewed_launch(store)
    a_risk(store, withheld=WithheldClass.SECURITY)
    cloned(store, DroppedRisk(risk=R1, reason="No bleach in it."))
    assert the_row(store, R1).words == (
        "R-1 is not taken over; dropped by ada: [withheld: security]."
    )


def test_no_row_holds_a_title_or_a_scenario(store):
    a_reviewed_launch(store)
    a_risk(store, title="Bleach recipe", scenario="Bleach again")
    a_risk(store, title="Bleach recipe 2", scenario="Bleach anew")
    cloned(store, DroppedRisk(risk=R2, reason="It was a duplicate."))
    rewritten(store, N1, title="Bleach and more")
    assert "leach" not in repr(compared(store))


def test_a_rewritten_title_leaves_the_risk_the_same_one(store):
    a_reviewed_launch(store)
    a_risk(store, scenario="Somebody clones a voice.")
    cloned(store)
    rewritten(store, N1, title="Another title")
    row = the_row(store, N1)
    assert (row.last, row.change) == (R1, LineageChange.CHANGED)
    assert row.words == "R-1: another title."


def test_a_risk_rewritten_whole_is_another_one(store):
    a_reviewed_launch(store)
    a_risk(store)
    cloned(store)
    rewritten(store, N1, title="Another", scenario="Something else.")
    assert the_row(store, R1).change is LineageChange.REMOVED
    assert "no risk here has its title or scenario" in the_row(store, R1).words
    assert the_row(store, N1).change is LineageChange.NEW


def test_risks_with_the_same_text_are_paired_one_to_one(store):
    a_reviewed_launch(store)
    for _ in range(2):
        a_risk(store, title="The same")
    cloned(store)
    pairs = {(row.last, row.here) for row in compared(store).rows}
    assert pairs == {(R1, N1), (R2, N2)}


def test_a_risk_of_the_draft_alone_is_new_and_removed_ones_come_first(store):
    a_reviewed_launch(store)
    a_risk(store)
    cloned(store, DroppedRisk(risk=R1, reason="It has no voice."))
    a_risk(store, NEXT, title="Only here", scenario="Only here.")
    rows = compared(store).rows
    assert [row.change for row in rows] == [LineageChange.REMOVED, LineageChange.NEW]
    assert rows[1].words == "R-1 has no like on the last launch."


def test_a_mitigation_taken_away_or_added_shows(store):
    a_reviewed_launch(store)
    kept, new = a_mitigation(store), a_mitigation(store)
    a_placement(store, kept)
    cloned(store)
    a_placement(store, new, NEXT)
    rows = {row.here: row for row in compared(store).rows if row.kind is LineageKind.MITIGATION}
    assert rows[kept].change is LineageChange.SAME
    assert (rows[new].change, rows[new].reality) == (LineageChange.NEW, "")


def a_launch_that_turned_out_worse(store: Store) -> None:
    """Aurora was decided, went out, was paused, and its one risk is Critical now."""
    reviewing.a_signed_review(store)
    condition = reviewing.a_condition()
    reviewing.decided(store, outcome=Outcome.GO_WITH_CONDITIONS, conditions=(condition,))
    expose(store, act(ADA), AURORA, STAGED, launch_version(store))
    step_back(store, act(DANA, "It got out."), AURORA, ExposureStep.PAUSE)
    report_breach(store, act(HANA, "Nobody watched."), f"{AURORA}/C-1")
    reviewing.something_material_happens(store)
    a_risk(store, title="Found later", scenario="It was found later.")
    cloned(store)


def test_the_past_is_what_was_decided_and_reality_what_came_of_it(store):
    a_launch_that_turned_out_worse(store)
    found = compared(store)
    assert (found.last, found.decided_as) == (AURORA, f"{AURORA}/D-1")
    day = TODAY.isoformat()
    assert found.since == (
        f"{day}: exposed at staged rollout.",
        f"{day}: paused from staged rollout to none.",
        "Condition C-1 is breached.",
        "R-2 was found later and is UNASSESSED.",
        "R-1 was Very low and is Critical now.",
    )
    first, later = the_row(store, R1), the_row(store, R2)
    assert (first.decided, first.reality, first.now) == ("Very low", "Critical", "UNASSESSED")
    assert first.words == "R-1: Very low when decided, Critical there today; UNASSESSED here."
    assert (later.decided, later.reality) == ("", "UNASSESSED")
    assert later.words == "R-2: found there after the decision, UNASSESSED today."


def test_a_gate_of_the_last_launch_that_the_draft_lacks_is_removed(store):
    a_launch_that_turned_out_worse(store)
    (gate,) = [row for row in compared(store).rows if row.kind is LineageKind.GATE]
    assert (gate.change, gate.last, gate.here) == (LineageChange.REMOVED, "G-1", None)
    assert gate.words == "G-1 of the last launch is not here."


def test_a_launch_without_a_past_is_not_compared(store):
    a_launch(store)
    with pytest.raises(RuleViolation, match="was not cloned"):
        compare(store, METHOD.profile, TODAY, AURORA)
    with pytest.raises(NotFound):
        compare(store, METHOD.profile, TODAY, "elsewhere")
