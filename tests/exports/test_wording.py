from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.exports.factories import a_report
from tests.scoring.builders import profile_p1
from tracker.domain.state import Figures
from tracker.domain.words import Level, Origin
from tracker.exports import wording

PROFILE = profile_p1()
UNKNOWN = Figures(None, None, Level.UNASSESSED, None, None, 1.0)


def test_an_unassessed_risk_prints_the_word_and_no_score() -> None:
    cell = wording.level(UNKNOWN, PROFILE)
    assert cell.text == "UNASSESSED —"
    assert cell.value is None
    assert cell.look is Level.UNASSESSED
    assert wording.band(UNKNOWN, PROFILE) == "—"
    assert wording.score(None, PROFILE).text == "—"


def test_a_level_prints_with_its_score_and_band() -> None:
    figures = Figures(6.98, 7.2, Level.HIGH, (5.04, 8.26), (5.2, 8.4), 1.0)
    shown = wording.level(figures, PROFILE).text.replace("\N{NO-BREAK SPACE}", " ")
    assert shown == "High 6.9 (5.0 to 8.3)"


@pytest.mark.parametrize(
    ("points", "shown", "stored"), [(6.998, "6.9", 6.99), (7.0, "7.0", 7.0), (-0.5, "−0.5", -0.5)]
)
def test_a_score_never_crosses_a_level_neither_in_print_nor_in_a_cell(
    points: float, shown: str, stored: float
) -> None:
    cell = wording.score(points, PROFILE)
    assert (cell.text, cell.value) == (shown, stored)


def test_what_does_not_exist_yet_says_so() -> None:
    assert wording.recorded(None) == wording.recorded("") == "Not yet recorded"
    assert wording.recorded("go") == "go"


def test_days_and_moments_are_iso_and_in_utc() -> None:
    assert wording.day(date(2026, 1, 2)).text == "2026-01-02"
    assert wording.day(None).text == "—"
    east = datetime(2026, 1, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert wording.moment(east).text == "2026-01-01 23:30 UTC"
    assert wording.moment(east).value == datetime(2026, 1, 1, 23, 30, tzinfo=UTC)


def test_one_illustrative_row_makes_the_whole_illustrative() -> None:
    assert wording.origin(Origin.PUBLISHED, Origin.ILLUSTRATIVE) == "illustrative judgement"
    assert wording.origin(Origin.PUBLISHED) == "published"
    assert wording.origin() == "—"


def test_a_risk_rests_on_illustrative_judgement_when_an_assessment_does() -> None:
    bases = {it.ranked.state.risk.number: wording.basis(it.ranked.state) for it in a_report().risks}
    assert bases[1] == "illustrative judgement"
    assert bases[3] == "not assessed"


def test_a_policy_area_without_a_record_keeps_its_code() -> None:
    assert wording.area_names(["privacy", "gone"], a_report().state) == "Privacy, gone"


def test_high_unassessed_and_outdated_risks_are_printed_in_full() -> None:
    top = {
        it.ranked.state.risk.number for it in a_report().risks if wording.is_top(it.ranked.state)
    }
    assert top == {1, 2, 3, 4}


@pytest.mark.parametrize(("value", "text"), [(None, "—"), (0.0, "0 %"), (0.456, "46 %")])
def test_shares_print_as_percentages(value: float | None, text: str) -> None:
    assert wording.share(value) == text
