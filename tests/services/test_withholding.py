"""Withheld detail: who still sees it, what everybody sees, and what no export tells."""

import pytest

from tests.cast import BEN, CLEO, DANA, ELI, HANA, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import a_launch_draft, a_submission, act, risk_state, state
from tests.services.evidence_files import as_role, known
from tracker.domain.drafts import RiskChange, RiskClosure
from tracker.domain.errors import InvalidInput, NotPermitted, RuleViolation, StaleEdit
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import CloseReason, Role, View
from tracker.exports.formats import EXPORTERS, export
from tracker.readers.profile import packaged_profile
from tracker.readiness.withheld import hidden_from
from tracker.services.assessments import assessments_of, submit_assessment
from tracker.services.history import history
from tracker.services.launch_state import launch_state
from tracker.services.launches import clone_launch
from tracker.services.reports import Reader, readiness_report
from tracker.services.risks import ask_closure, confirm_closure, edit_risk
from tracker.services.withholding import read_withheld, withhold_risk
from tracker.store.engine import Store

HAZARD = WithheldClass.INFORMATION_HAZARD
SECRET = "Voice of a relative is cloned"


@pytest.fixture
def withheld(store: Store) -> str:
    """A risk that Dana assessed and whose detail is withheld."""
    a_launch(store)
    ref = a_risk(store)
    submit_assessment(store, act(DANA), ref, a_submission((4, 4, 4, 4, 4)))
    version = risk_state(store, ref).risk.version
    withhold_risk(store, act(BEN, "It would show how."), ref, HAZARD, version)
    return ref


def test_it_needs_a_reason_the_right_and_the_present_version(store: Store) -> None:
    a_launch(store)
    ref = a_risk(store)
    version = risk_state(store, ref).risk.version
    with pytest.raises(InvalidInput, match="reason"):
        withhold_risk(store, act(BEN), ref, HAZARD, version)
    with pytest.raises(NotPermitted):
        withhold_risk(store, act(CLEO, "why not"), ref, HAZARD, version)
    with pytest.raises(StaleEdit):
        withhold_risk(store, act(BEN, "It would show how."), ref, HAZARD, version + 1)


def test_what_is_withheld_already_is_not_withheld_again(store: Store, withheld: str) -> None:
    version = risk_state(store, withheld).risk.version
    with pytest.raises(RuleViolation, match="already"):
        withhold_risk(store, act(BEN, "once more"), withheld, HAZARD, version)


def test_others_see_reference_area_level_and_verdict_and_nothing_else(
    store: Store, withheld: str
) -> None:
    whole = launch_state(store, packaged_profile(), TODAY, AURORA, frozenset())
    shown = state(store)
    risk = next(one for one in shown.risks if one.ref == withheld)
    real = next(one for one in whole.risks if one.ref == withheld)
    assert (risk.risk.title, risk.risk.scenario) == (HAZARD.marker, HAZARD.marker)
    assert risk.risk.area == real.risk.area
    assert risk.figures(View.CURRENT).level == real.figures(View.CURRENT).level
    assert shown.verdict == whole.verdict
    assert [one.code for one in shown.reasons] == [one.code for one in whole.reasons]
    assert not any(real.risk.title in one.text for one in shown.reasons)


def test_the_policy_lead_and_its_assessor_see_it_and_a_viewer_does_not(
    store: Store, withheld: str
) -> None:
    items, launches = read_withheld(store)
    assert hidden_from(BEN, items, launches) == frozenset()
    assert hidden_from(DANA, items, launches) == frozenset()
    assert hidden_from(CLEO, items, launches) == {withheld}
    assert hidden_from(None, items, launches) == {withheld}


def test_who_does_not_see_it_cannot_edit_or_judge_it(store: Store, withheld: str) -> None:
    version = risk_state(store, withheld).risk.version
    with pytest.raises(NotPermitted, match="withheld"):
        edit_risk(store, act(ELI), withheld, RiskChange(title="Another"), version)
    with pytest.raises(NotPermitted, match="withheld"):
        submit_assessment(store, act(ELI), withheld, a_submission())


def test_neither_the_history_nor_the_originals_tell_it(store: Store, withheld: str) -> None:
    lines = history(store, subject=withheld)
    values = [text for line in lines for pair in line.fields.values() for text in pair if text]
    assert values
    assert set(values) == {"[withheld]"}
    (original,) = assessments_of(store, withheld)
    assert original.rationale == HAZARD.marker


@pytest.mark.parametrize("wanted", EXPORTERS)
def test_no_export_tells_it_whoever_exports(store: Store, withheld: str, wanted: str) -> None:
    title = launch_state(store, packaged_profile(), TODAY, AURORA, frozenset())
    secret = next(one.risk.title for one in title.risks if one.ref == withheld)
    report = readiness_report(store, Reader(BEN, TODAY, NOW), packaged_profile(), AURORA)
    if wanted in ("md", "json", "csv", "html"):
        content = export(report, wanted).decode()
        assert secret not in content
        assert "withheld" in content
    assert all(secret not in str(item) for item in report.risks)


def test_it_can_be_shown_again(store: Store, withheld: str) -> None:
    version = risk_state(store, withheld).risk.version
    withhold_risk(store, act(BEN, "It was published."), withheld, None, version)
    assert risk_state(store, withheld).risk.title != HAZARD.marker
    assert read_withheld(store)[0] == ()


def test_a_clone_does_not_tell_why_a_withheld_risk_was_dropped(store: Store, withheld: str) -> None:
    dropped = DroppedRisk(risk=withheld, reason=f"{SECRET} no longer.")
    clone_launch(store, act(BEN), AURORA, a_launch_draft("borealis-1"), dropped=(dropped,))
    reader = Reader(CLEO, TODAY, NOW)
    report = readiness_report(store, reader, packaged_profile(), "borealis-1")
    assert any("[withheld]" in str(one.fields) for one in report.recent)
    assert SECRET not in export(report, "json").decode()
    assert SECRET not in export(report, "md").decode()


def test_no_export_tells_why_a_withheld_risk_was_closed(store: Store, withheld: str) -> None:
    why = RiskClosure(close_reason=CloseReason.CANNOT_OCCUR, note=f"{SECRET} never.")
    told = act(BEN, f"{SECRET} never.")
    ask_closure(store, told, withheld, why, risk_state(store, withheld).risk.version)
    confirmed = act(known(store, as_role(HANA, Role.POLICY_LEAD)), f"{SECRET}, agreed.")
    confirm_closure(store, confirmed, withheld, risk_state(store, withheld).risk.version)
    report = readiness_report(store, Reader(CLEO, TODAY, NOW), packaged_profile(), AURORA)
    assert report.proceedings is not None
    assert report.proceedings.edits
    assert SECRET not in str(report.proceedings.edits)
    assert SECRET not in export(report, "json").decode()
