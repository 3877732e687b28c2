"""The path to green: work that turns the verdict, and apart from it what only people decide."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from tracker.domain.gate_state import PathStep, PathToGreen
from tracker.domain.report import NOT_YET_RECORDED, ReadinessReport
from tracker.domain.state import LaunchState
from tracker.exports import wording
from tracker.exports.document import Block, Cell, Column, Paragraph, Plan, Section, Table


@dataclass(frozen=True, slots=True)
class _Step:
    place: str
    about: str
    step: PathStep


_STEPS: Final[tuple[tuple[Column, Callable[[_Step], Cell]], ...]] = (
    (Column("Set", 0.4), lambda it: Cell(it.place)),
    (Column("About", 1.4), lambda it: Cell(it.about)),
    (Column("Step", 4.4), lambda it: Cell(it.step.text)),
    (Column("Holds if", 2.6), lambda it: Cell(it.step.assumes or wording.NONE)),
    (Column("Person-days", 0.8, numeric=True), lambda it: wording.number(it.step.days)),
)
"""Columns of steps; nobody made an estimate where the days are a dash."""


def section(report: ReadinessReport) -> Section:
    """Return shared steps, alternatives, what no work turns, and decisions, each apart."""
    path = report.path
    if path is None:
        return Section("path", "Path to green", (Paragraph(f"{NOT_YET_RECORDED}."),))
    if path.target is None:
        text = "The verdict is Ready; no better one exists."
        return Section("path", "Path to green", (Paragraph(text),))
    return Section("path", "Path to green", (Paragraph(_said(path)), *_tables(path, report.state)))


def _said(path: PathToGreen) -> str:
    if path.blocked:
        return (
            f"No set of work on record reaches {path.target}: {len(path.blocked)} reasons stay "
            "whatever is done. The steps below are needed all the same."
        )
    more = " There are further sets." if path.more else ""
    return (
        f"All shared steps, together with any one of the sets, reach {path.target}; no part of "
        f"them does. Acceptances, waivers and narrower scope are decisions, never work.{more}"
    )


def _tables(path: PathToGreen, state: LaunchState) -> Iterable[Block]:
    if path.blocked:
        yield _sentences("What no work on record can turn", "Reason", path.blocked)
    shared = [_step("all", step, state) for step in path.shared]
    yield Plan[_Step](
        caption="Steps that every set needs",
        empty="No step is shared by every set.",
        columns=_STEPS,
    ).table(shared)
    sets = [
        _step(str(place), step, state)
        for place, chosen in enumerate(path.alternatives, start=1)
        for step in chosen
    ]
    if sets:
        yield Plan[_Step](
            caption="Sets of which one is needed besides, smallest first",
            empty="",
            columns=_STEPS,
        ).table(sets)
    if path.decisions:
        yield _sentences("What somebody may decide instead", "Decision", path.decisions)


def _step(place: str, step: PathStep, state: LaunchState) -> _Step:
    names = {status.area.code: status.area.name for status in state.areas}
    return _Step(place, names.get(step.subject, step.subject.rpartition("/")[2]), step)


def _sentences(caption: str, title: str, sentences: Iterable[str]) -> Table:
    rows = tuple((Cell(text),) for text in sentences)
    return Table(caption, (Column(title),), rows, "None.")
