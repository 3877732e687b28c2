"""Withheld detail stays withheld in every export, whoever exports."""

from datetime import UTC, date, datetime

from tracker.domain.records import Actor
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import ExportFormat
from tracker.exports.formats import export
from tracker.readers.profile import packaged_profile
from tracker.services.act import Act
from tracker.services.demo import load_demo
from tracker.services.reports import Reader, readiness_report
from tracker.services.withholding import withhold_risk
from tracker.store import queries
from tracker.store.engine import Store

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LAUNCH = "gpt-4v-2023-09"
FORMATS = (ExportFormat.MARKDOWN, ExportFormat.JSON, ExportFormat.CSV, ExportFormat.HTML)
DETAIL = ("Blind users harmed", "Pilot users are told", "injury after relying")


def test_a_withheld_risk_and_its_acceptance_print_their_marker_even_for_the_policy_lead(
    bare_store: Store,
) -> None:
    load_demo(bare_store, TODAY, AT)
    with bare_store.reading() as session:
        lead = Actor(queries.people(session)["policy-lead"])
    before = readiness_report(bare_store, Reader(lead, TODAY, AT), packaged_profile(), LAUNCH)
    assert all(text in export(before, ExportFormat.MARKDOWN).decode() for text in DETAIL)
    act = Act(lead, AT, "withhold", "It names a partner.")
    withhold_risk(bare_store, act, f"{LAUNCH}/R-14", WithheldClass.SECURITY, 1)
    report = readiness_report(bare_store, Reader(lead, TODAY, AT), packaged_profile(), LAUNCH)
    for wanted in FORMATS:
        content = export(report, wanted).decode()
        assert "withheld: security" in content
        assert not [text for text in DETAIL if text in content], wanted
