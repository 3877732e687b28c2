"""What two people see who edited the same thing."""

from tracker.views.compared import BOTH, DTYPES, EMPTY, SAME, THEIRS, YOURS, compared

OPENED = {"Title": "Old", "Scenario": "Old", "Owner": "", "Source": "Card", "Due": "2026-03-01"}
NOW = {"Title": "Theirs", "Scenario": "Theirs", "Owner": "Gil", "Source": "Card", "Due": ""}
YOURS_TYPED = {"Title": "Yours", "Scenario": "Old", "Owner": "Gil", "Source": "Page 3", "Due": ""}


def test_each_field_that_differs_says_what_it_was_is_would_be_and_what_saving_keeps():
    found = compared(OPENED, NOW, YOURS_TYPED)
    assert list(found.columns) == list(DTYPES)
    assert found.to_numpy().tolist() == [
        ["Title", "Old", "Theirs", "Yours", BOTH],
        ["Scenario", "Old", "Theirs", "Old", THEIRS],
        ["Owner", EMPTY, "Gil", "Gil", SAME],
        ["Source", "Card", "Card", "Page 3", YOURS],
        ["Due", "2026-03-01", EMPTY, EMPTY, SAME],
    ]


def test_what_differs_nowhere_is_not_shown():
    assert len(compared(OPENED, OPENED, OPENED)) == 0
