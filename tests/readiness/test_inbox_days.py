"""How a last day is told, and from when on."""

from datetime import timedelta

import pytest

from tests.cast import TODAY
from tracker.readiness.inbox_days import REMINDED_FROM, days_words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "in 1 day"), (7, "in 7 days"), (14, "in 14 days")]
)
def test_a_last_day_is_told_in_days(days, words):
    assert days_words(TODAY + timedelta(days=days), TODAY) == words


def test_reminders_come_from_fourteen_days_before():
    assert REMINDED_FROM == 14
