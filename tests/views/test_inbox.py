"""What waits: theirs or everybody's, the earliest first, told in names."""

from datetime import timedelta

import pytest

from tests.cast import TODAY
from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import InboxKind
from tracker.views.inbox import DTYPES, EMPTY, EMPTY_FOR_ALL, Names, clock, inbox_view

NAMES = Names({"ada": "Ada", "ben": "Ben"}, {"aurora-1": "Aurora 1"})


def an_item(person: str = "ben", kind: InboxKind = InboxKind.VERIFY, **fields: object) -> InboxItem:
    values = {
        "person": person,
        "kind": kind,
        "subject": "aurora-1/M-7",
        "launch": "aurora-1",
        "text": "Verify M-7, which is implemented.",
        "due": None,
    }
    return InboxItem(**(values | fields))  # type: ignore[arg-type]


LATE = an_item(due=TODAY - timedelta(days=2), subject="aurora-1/M-9")
ITEMS = (an_item(), LATE, an_item("ada", InboxKind.ASSESS, subject="aurora-1/R-1"))


def test_the_earliest_comes_first_and_what_is_late_is_counted() -> None:
    shown = inbox_view(ITEMS, NAMES, TODAY, "ben")
    assert shown.headline == "2 things waiting, 1 overdue"
    assert shown.items == (LATE, ITEMS[0])
    assert {name: str(kind) for name, kind in shown.frame.dtypes.items()} == DTYPES
    assert shown.frame[["subject", "launch", "clock", "who"]].values.tolist() == [
        ["M-9", "Aurora 1", "2 days overdue", "Ben"],
        ["M-7", "Aurora 1", "", "Ben"],
    ]


def test_everybodys_things_are_counted_by_what_to_do() -> None:
    shown = inbox_view(ITEMS, NAMES, TODAY)
    assert shown.kinds == {str(InboxKind.VERIFY): 2, str(InboxKind.ASSESS): 1}
    assert len(shown.items) == 3


def test_one_thing_to_do_can_be_chosen_and_the_others_stay_counted() -> None:
    shown = inbox_view(ITEMS, NAMES, TODAY, kind=str(InboxKind.ASSESS))
    assert [item.person for item in shown.items] == ["ada"]
    assert len(shown.kinds) == 2


def test_a_choice_of_which_nothing_is_left_hides_nothing() -> None:
    assert len(inbox_view(ITEMS, NAMES, TODAY, "ben", str(InboxKind.ASSESS)).items) == 2


def test_nothing_waiting_is_said_for_one_and_for_all() -> None:
    assert inbox_view((), NAMES, TODAY, "ben").empty == EMPTY
    assert inbox_view((), NAMES, TODAY).empty == EMPTY_FOR_ALL
    assert inbox_view(ITEMS, NAMES, TODAY).empty == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "1 day overdue"), (0, "today"), (1, "tomorrow"), (9, "in 9 days"), (None, "")],
)
def test_a_clock_is_told_in_days(days: int | None, words: str) -> None:
    assert clock(None if days is None else TODAY + timedelta(days=days), TODAY) == words
