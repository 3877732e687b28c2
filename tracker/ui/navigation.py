"""The pages of the screen: one line each, in the order of the menu."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import streamlit as st

from tracker.ui.state import LAUNCH_PARAMETER, Address

_FOLDER: Final = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its group in the menu, its file without ending, its title.

    Attributes:
        listed: Whether the menu shows it; a risk is reached from lists alone.
    """

    group: str
    name: str
    title: str
    listed: bool = True

    @property
    def path(self) -> Path:
        """The file of the page."""
        return _FOLDER / f"{self.name}.py"


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("Portfolio", "launches", "Launches"),
    Entry("Portfolio", "priorities", "Priorities"),
    Entry("Portfolio", "inbox", "Inbox"),
    Entry("Portfolio", "new_launch", "New launch"),
    Entry("Launch", "overview", "Overview"),
    Entry("Launch", "lineage", "Compared with the last launch", listed=False),
    Entry("Launch", "risks", "Risks"),
    Entry("Launch", "risk", "Risk", listed=False),
    Entry("Launch", "assess", "Assess"),
    Entry("Launch", "mitigations", "Mitigations"),
    Entry("Launch", "evidence", "Evidence"),
    Entry("Launch", "gates", "Gates"),
    Entry("Launch", "scope", "Scope"),
    Entry("Launch", "review", "Review"),
    Entry("Launch", "meeting", "Meeting", listed=False),
    Entry("Launch", "after", "After the decision"),
    Entry("Launch", "report", "Report"),
    Entry("Library", "areas", "Policy areas"),
    Entry("Library", "templates", "Gate templates"),
    Entry("Library", "profile", "Scoring profile"),
    Entry("Library", "people", "People and teams"),
    Entry("Records", "decisions", "Decisions"),
    Entry("Records", "history", "History"),
)


def menu() -> dict[str, list[st.Page]]:
    """Return the pages by group; the first one is where the address without a page leads."""
    groups: dict[str, list[st.Page]] = defaultdict(list)
    for entry in ENTRIES:
        if entry.path.is_file():
            groups[entry.group].append(_page(entry))
    return dict(groups)


def _page(entry: Entry) -> st.Page:
    return st.Page(
        entry.path,
        title=entry.title,
        default=entry is ENTRIES[0],
        visibility="visible" if entry.listed else "hidden",
    )


def path(name: str) -> str:
    """Return what `st.page_link` and `st.switch_page` take for a page by its file name."""
    return str(_FOLDER / f"{name}.py")


def go(name: str, address: Address) -> NoReturn:
    """Leave for another page; the address carries the launch and the risk."""
    st.switch_page(path(name), query_params=address.parameters())


def go_to_risk(ref: str) -> NoReturn:
    """Leave for the detail of a risk by its whole reference, such as `gpt-4v-2023-09/R-6`."""
    launch, _, short = ref.partition("/")
    go("risk", Address(launch=launch, risk=short))


def go_to_run(launch: str, short_ref: str) -> NoReturn:
    """Leave for the detail of an imported run, such as `E-3`, of a launch by its key."""
    st.switch_page(path("evidence"), query_params={LAUNCH_PARAMETER: launch, "run": short_ref})


def page_of(short_ref: str) -> tuple[str, dict[str, str]]:
    """Return the page of what a short reference names, and what its address carries besides."""
    letters = short_ref.partition("-")[0]
    named = {"R": ("risk", "risk"), "G": ("gates", "gate"), "E": ("evidence", "run")}
    if letters in named:
        page, parameter = named[letters]
        return page, {parameter: short_ref}
    plain_pages = {"M": "mitigations", "C": "after", "A": "after", "D": "after"}
    return plain_pages.get(letters, "review"), {}
