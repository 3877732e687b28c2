"""A snapshot that holds what was withheld only later is not handed out."""

import pytest

from tests.cast import BEN, NOW, TODAY
from tests.factories import AURORA
from tests.services.acts import act
from tracker.domain.errors import RuleViolation
from tracker.domain.review_words import WithheldClass
from tracker.services.reports import Reader, snapshot_report
from tracker.services.withholding import withhold_risk
from tracker.store import queries
from tracker.store.engine import Store


def test_what_was_withheld_after_a_snapshot_keeps_it_from_being_handed_out(
    review_store: Store,
) -> None:
    reader = Reader(BEN, TODAY, NOW)
    report = snapshot_report(review_store, reader, f"{AURORA}/S-1")
    risk = report.state.open_risks[0].ref
    with review_store.reading() as session:
        version = queries.get_risk(session, risk).version
    withhold_risk(review_store, act(BEN, "It would show how."), risk, WithheldClass.LEGAL, version)
    with pytest.raises(RuleViolation, match="before the detail of"):
        snapshot_report(review_store, reader, f"{AURORA}/S-1")
