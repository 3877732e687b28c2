"""How the comparison of a clone with the last launch is told."""

from tracker.domain.lineage import Lineage, LineageChange, LineageKind, LineageRow
from tracker.views.lineage import DTYPES, lineage_view

GONE = LineageRow(
    kind=LineageKind.RISK,
    change=LineageChange.REMOVED,
    last="aurora-1/R-2",
    here=None,
    decided="High",
    reality="Critical",
    now="",
    words="R-2 is not taken over; dropped by ben: It makes no pictures.",
)
TITLES = {"aurora-1/R-2": "A face is cloned"}


def test_what_differs_is_counted_and_told_by_short_references() -> None:
    since = ("C-1 was breached.",)
    shown = lineage_view(Lineage("aurora-1", "aurora-1/D-1", since, (GONE,)), "Aurora 1", TITLES)
    assert shown.headline == "Against Aurora 1: 1 removed"
    assert "when decision D-1 was taken" in shown.past
    assert shown.since == since
    assert {name: str(kind) for name, kind in shown.frame.dtypes.items()} == DTYPES
    columns = ["change", "last", "here", "title", "decided", "reality", "now"]
    assert shown.frame[columns].values.tolist() == [
        ["removed", "R-2", "", "A face is cloned", "High", "Critical", ""]
    ]


def test_where_nothing_was_decided_and_nothing_is_there_it_says_so() -> None:
    shown = lineage_view(Lineage("aurora-1", None, (), ()), "Aurora 1", {})
    assert shown.headline == "Against Aurora 1: nothing to compare"
    assert shown.past.startswith("Nothing was decided on Aurora 1")
    assert shown.frame.empty
