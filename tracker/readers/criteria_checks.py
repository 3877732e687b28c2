"""Whether criteria and published figures of the demo fit together, and who may say what of them."""

from collections.abc import Collection, Iterator
from datetime import date

from tracker.domain.evidence import Slot
from tracker.domain.gates import WAIVER_DAYS
from tracker.domain.words import Direction, Scale, ThresholdOutcome
from tracker.readers.criteria_files import FigureEntry, GateEntry, WaiverEntry
from tracker.readers.demo_checks import Problem, gaps, unknown
from tracker.readers.demo_days import Offset, When
from tracker.readers.demo_files import DemoFiles, LaunchFiles


def criteria_problems(demo: DemoFiles, areas: Collection[str]) -> Iterator[Problem]:
    """Yield each place of a launch's criteria or figures that contradicts another.

    Args:
        demo: The files, each sound in itself.
        areas: Codes of the policy areas that exist.
    """
    people = {person.key for person in demo.portfolio.people}
    titles = {document.title for document in demo.documents.documents.values()}
    for files in demo.launches:
        where = f"{files.key}/criteria.yaml"
        if files.criteria.launch != files.key:
            yield f"{where}, launch", f"says “{files.criteria.launch}”"
        yield from unknown(f"{where}, people", _people(files), people, "in portfolio.yaml")
        yield from unknown(f"{where}, area", _areas(files), areas, "a policy area")
        yield from _figure_problems(files, titles)
        yield from _gate_problems(files)
        yield from _determination_problems(demo, files)
    yield from _metric_problems(demo)


def slots(files: LaunchFiles) -> dict[str, Slot]:
    """Return the slot of each published figure of a launch, by its number such as `E-3`."""
    return {
        run.part: Slot(run.tool, metric.task, metric.metric)
        for run in files.figures.runs
        for metric in run.metrics
    }


def _people(files: LaunchFiles) -> Iterator[str]:
    criteria = files.criteria
    yield from (criteria.imported_by, criteria.written_by)
    for figure in criteria.figures.values():
        yield from (said.by for said in (figure.equivalence, figure.confirmed) if said)
    for gate in criteria.gates:
        yield from (said.by for said in (gate.planned, gate.attestation) if said)
        if gate.waiver:
            signed = (gate.waiver.requested_by, gate.waiver.officer, gate.waiver.approver)
            yield from (person for person in signed if person)
    yield from (determination.by for determination in criteria.determinations)


def _areas(files: LaunchFiles) -> Iterator[str]:
    yield from (gate.area for gate in files.criteria.gates)
    yield from (determination.area for determination in files.criteria.determinations)


def _figure_problems(files: LaunchFiles, titles: Collection[str]) -> Iterator[Problem]:
    where = f"{files.key}/published_figures.csv"
    runs = files.figures.runs
    yield from gaps(f"{where}, run", [run.part for run in runs], "E", 1)
    for part in sorted(files.criteria.figures.keys() ^ {run.part for run in runs}):
        yield f"{where}, {part}", "stands in only one of published_figures.csv and criteria.yaml"
    risks = {f"{files.key}/{risk.ref}" for risk in files.facts.risks}
    for run in runs:
        place = f"{where}, {run.part}"
        if len(run.metrics) != 1:
            yield place, "holds more than one figure"
        for metric in run.metrics:
            yield from unknown(place, [metric.task], titles, "a document of sources.yaml")
            yield from unknown(place, metric.risks, risks, "a risk of this launch")
    for part, figure in files.criteria.figures.items():
        yield from _figure_said_by(f"{files.key}/criteria.yaml, {part}", files, figure)


def _figure_said_by(place: str, files: LaunchFiles, figure: FigureEntry) -> Iterator[Problem]:
    """What lets a figure count is said by somebody who neither imported nor owns the launch."""
    barred = {files.criteria.imported_by, files.judgements.owner}
    for what, said in (("equivalence", figure.equivalence), ("confirmed", figure.confirmed)):
        if said and said.by in barred:
            yield f"{place}, {what}", "is said by whoever imported it or owns the launch"


def _gate_problems(files: LaunchFiles) -> Iterator[Problem]:
    where = f"{files.key}/criteria.yaml"
    gates = files.criteria.gates
    yield from gaps(f"{where}, gates", [gate.ref for gate in gates], "G", 1)
    for gate in gates:
        attested = gate.attestation.figure if gate.attestation else None
        named = [figure for figure in (gate.figure, attested) if figure]
        place = f"{where}, {gate.ref}"
        yield from unknown(place, named, files.criteria.figures, "a published figure")
        if gate.attestation and gate.attestation.by == files.judgements.owner:
            yield place, "is attested by the launch owner"
        if gate.waiver:
            yield from _waiver_problems(place, files, gate.waiver)


def _waiver_problems(place: str, files: LaunchFiles, waiver: WaiverEntry) -> Iterator[Problem]:
    judged = files.judgements
    if waiver.officer not in (None, judged.responsible_officer):
        yield place, "has a waiver signed by somebody who is not the responsible officer"
    if waiver.approver not in (None, judged.approver):
        yield place, "has a waiver signed by somebody who is not the approver"
    if waiver.requested_by in (waiver.officer, waiver.approver):
        yield place, "has a waiver signed by whoever asked for it"
    days = days_between(waiver.date, waiver.until)
    if days is None or not 0 <= days <= WAIVER_DAYS:
        yield place, f"has a waiver for more than {WAIVER_DAYS} days, or for none"


def days_between(start: When, end: When) -> int | None:
    """Return the days from one to the other; None where one is fixed and the other is not."""
    if isinstance(start, Offset) and isinstance(end, Offset):
        return end.day - start.day
    if isinstance(start, date) and isinstance(end, date):
        return (end - start).days
    return None


def _determination_problems(demo: DemoFiles, files: LaunchFiles) -> Iterator[Problem]:
    proposed = {item.ref for item in demo.proposals.mitigations if files.key in item.launches}
    on_launch = proposed | {item.ref for item in files.facts.mitigations}
    for entry in files.criteria.determinations:
        place = f"{files.key}/criteria.yaml, determinations, {entry.area}"
        yield from unknown(place, entry.safeguards, on_launch, "a mitigation of this launch")
        if entry.outcome is not ThresholdOutcome.BELOW and not entry.safeguards:
            yield place, "names no safeguard"
        if entry.by == files.judgements.owner:
            yield place, "is determined by the launch owner"


def _metric_problems(demo: DemoFiles) -> Iterator[Problem]:
    """A metric of a tool has one direction and one scale, whatever gates read it."""
    said: dict[tuple[str, str], tuple[Direction | None, Scale | None]] = {}
    for files in demo.launches:
        for gate in files.criteria.gates:
            slot = _read(files, gate)
            if slot is None:
                continue
            meant = (gate.direction, gate.scale)
            if said.setdefault((slot.tool, slot.metric), meant) != meant:
                yield f"{files.key}/criteria.yaml, {gate.ref}", "defines its metric another way"


def _read(files: LaunchFiles, gate: GateEntry) -> Slot | None:
    known = slots(files)
    return gate.reads(known) if gate.figure is None or gate.figure in known else None
