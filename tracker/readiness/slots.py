"""Which runs line up in a slot, which of them speaks for a launch, and which is the latest.

A gate reads the latest run of its slot, never the best. Evidence that was taken back stays in the
slots that it ever stood in as a mark: while no strictly later run stands beside it, nothing in
there counts. Whether one run is later than another is not always known: a date without a time of
day, or no date at all, is later than nothing of the same day or of no date.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, RunInputs, Slot
from tracker.domain.records import LaunchRecord
from tracker.domain.words import (
    UNTRUSTED_FLAGS,
    CorrectionKind,
    EvidenceFlag,
    EvidenceStanding,
    Scale,
)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SlotRun:
    """A run with what it holds, or once held, in one slot.

    Attributes:
        evidence: Its metrics in the slot, those taken back or re-mapped into it too.
    """

    run: EvidenceRunRecord
    evidence: tuple[EvidenceRecord, ...]

    @property
    def taken_back(self) -> CorrectionKind | None:
        """How some of it was corrected last; None where all stands as imported."""
        kinds = [one.corrections[-1].kind for one in self.evidence if one.corrections]
        return kinds[0] if kinds else None

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return EvidenceFlag.NOT_FINISHED not in self.run.flags


SlotIndex = Mapping[Slot, Sequence[SlotRun]]

Newest = Mapping[Slot, EvidenceRunRecord]
"""Per slot, the run that speaks for the launch and than which none of it is later."""


def runs_by_slot(runs: Iterable[RunInputs]) -> SlotIndex:
    """Line runs up by every slot that a metric of theirs stands in or ever stood in."""
    found: defaultdict[Slot, list[SlotRun]] = defaultdict(list)
    for inputs in runs:
        held: defaultdict[Slot, list[EvidenceRecord]] = defaultdict(list)
        for evidence in inputs.evidence:
            for slot in _slots_of(inputs.run.tool, evidence):
                held[slot].append(evidence)
        for slot, there in held.items():
            found[slot].append(SlotRun(inputs.run, tuple(there)))
    return found


def _slots_of(tool: str, evidence: EvidenceRecord) -> Iterable[Slot]:
    first = Slot(tool, evidence.task, evidence.metric)
    if not evidence.corrections:
        return (first,)
    remapped = (
        Slot(tool, correction.task, correction.metric)
        for correction in evidence.corrections
        if correction.kind is CorrectionKind.REMAPPED
    )
    return dict.fromkeys((first, *remapped))


def has_happened(run: EvidenceRunRecord, today: date) -> bool:
    """Tell whether a run is not dated after today; one without a date may be."""
    return run.ran_at is None or run.ran_at.date() <= today


def has_equivalence(run: EvidenceRunRecord, launch: LaunchRecord) -> bool:
    """Tell whether an independent person said why a run speaks for the present release."""
    return any(
        one.release == launch.release and one.stated_by not in (run.imported_by, launch.owner)
        for one in run.equivalences
    )


def speaks_for(run: EvidenceRunRecord, launch: LaunchRecord, configuration: str | None) -> bool:
    """Tell whether a run is about the launch's present release and a gate's configuration.

    A run about another release does so only by a recorded equivalence, which says that it is as
    good as one in the launch's own configuration.
    """
    if configuration not in (run.configuration, launch.configuration):
        return False
    return run.release == launch.release or has_equivalence(run, launch)


def answers_for(run: EvidenceRunRecord, launch: LaunchRecord, configuration: str | None) -> bool:
    """Tell whether a run speaks for the launch, or would if its equivalence were independent.

    Such a run keeps its place as the latest and opens nothing: else handing the launch to the
    person who found a failing run equivalent would bring an older run back.
    """
    stated = any(one.release == launch.release for one in run.equivalences)
    return speaks_for(run, launch, configuration) or (
        stated and configuration in (run.configuration, launch.configuration)
    )


def is_confirmed(run: EvidenceRunRecord, launch: LaunchRecord) -> bool:
    """Tell whether self-reported figures were confirmed by an independent person."""
    return any(one.confirmed_by not in (run.imported_by, launch.owner) for one in run.confirmations)


def latest(runs: Iterable[SlotRun]) -> tuple[SlotRun, ...]:
    """Return the latest run first, then those of which nobody can say that they are older."""
    ordered = sorted(runs, key=lambda one: (_moment(one.run), one.run.number), reverse=True)
    return tuple(one for one in ordered if not _is_later(ordered[0].run, one.run))


def _moment(run: EvidenceRunRecord) -> datetime:
    return run.ran_at or _NEVER


def _is_later(run: EvidenceRunRecord, other: EvidenceRunRecord) -> bool:
    mine, theirs = _moment(run), _moment(other)
    if mine.date() == theirs.date() and _is_a_date(mine, theirs):
        return False
    return mine > theirs


def _is_a_date(*moments: datetime) -> bool:
    return any((at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0) for at in moments)


def newest_by_slot(index: SlotIndex, launch: LaunchRecord, today: date) -> Newest:
    """Return per slot the latest run that speaks for the launch, in its own configuration.

    Args:
        index: All runs of the launch, from `runs_by_slot`.
        launch: The launch that they were imported for.
        today: The day that counts; runs dated after it are left out.
    """
    found: dict[Slot, EvidenceRunRecord] = {}
    for slot, there in index.items():
        speaking = [
            one.run
            for one in there
            if has_happened(one.run, today) and speaks_for(one.run, launch, launch.configuration)
        ]
        if speaking:
            found[slot] = max(speaking, key=_moment)
    return found


def standing_of(
    run: EvidenceRunRecord,
    evidence: EvidenceRecord,
    launch: LaunchRecord,
    newest: Newest,
    today: date,
    scale: Scale | None = None,
) -> EvidenceStanding:
    """Tell whether a metric of a run speaks for its launch today, in the launch's configuration.

    Args:
        run: The run that the metric belongs to.
        evidence: The metric.
        launch: The launch that the run was imported for.
        newest: Of all runs of the launch, from `newest_by_slot` for the same day.
        today: The day that counts; a run dated after it counts for nothing yet.
        scale: Of the metric, where it is known; only exact counts need no n.
    """
    if evidence.corrections:
        withdrawn = evidence.corrections[-1].kind is CorrectionKind.WITHDRAWN
        return EvidenceStanding.WITHDRAWN if withdrawn else EvidenceStanding.REMAPPED
    if EvidenceFlag.NOT_FINISHED in run.flags:
        return EvidenceStanding.NOT_FINISHED
    if not speaks_for(run, launch, launch.configuration):
        return EvidenceStanding.OTHER_RELEASE
    if not has_happened(run, today):
        return EvidenceStanding.NOT_YET
    if _is_superseded(run, newest.get(Slot(run.tool, evidence.task, evidence.metric))):
        return EvidenceStanding.SUPERSEDED
    return _trust(run, evidence, launch, scale)


def _is_superseded(run: EvidenceRunRecord, newest: EvidenceRunRecord | None) -> bool:
    """Tell whether any run of the slot is later; where the newest is not, none is."""
    return newest is not None and _is_later(newest, run)


def _trust(
    run: EvidenceRunRecord, evidence: EvidenceRecord, launch: LaunchRecord, scale: Scale | None
) -> EvidenceStanding:
    if run.flags & UNTRUSTED_FLAGS:
        return EvidenceStanding.UNTRUSTED
    if EvidenceFlag.SELF_REPORTED in run.flags:
        if evidence.n is None and scale is not Scale.COUNT:
            return EvidenceStanding.WITHOUT_N
        if not is_confirmed(run, launch):
            return EvidenceStanding.UNCONFIRMED
    return EvidenceStanding.COUNTS
