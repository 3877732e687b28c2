"""What has to hold for a launch criterion to be written, and its row, inside a transaction."""

from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, and_, col, or_, select

from tracker.domain.errors import InvalidInput, NotFound, RuleViolation
from tracker.domain.evidence import MetricDefinitionRecord, Slot
from tracker.domain.gate_drafts import GateDraft
from tracker.domain.gates import GateRecord
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.words import Direction, GateKind, GateType, Origin, Scale
from tracker.services.act import Act
from tracker.services.gate_strictness import looser_in
from tracker.store import queries
from tracker.store.queries.gates import gate_records
from tracker.store.tables import Evidence, EvidenceCorrection, EvidenceRun, Gate, gate_ref
from tracker.store.writes import next_gate_number

Definitions = Mapping[tuple[str, str], MetricDefinitionRecord]


def add_gate(
    session: Session,
    act: Act,
    launch: str,
    draft: GateDraft,
    *,
    origin: Origin = Origin.ENTERED,
    after_run: int = 0,
) -> str:
    """Add a gate, the next of its launch, and return its reference.

    `after_run` is the highest number of a run that its writer could know.
    """
    number = next_gate_number(session, launch)
    ref = gate_ref(launch, number)
    session.add(
        Gate(
            ref=ref,
            launch=launch,
            number=number,
            **draft.model_dump(),
            written_by=act.actor.key,
            after_run=after_run,
            origin=origin,
        )
    )
    session.flush()
    return ref


def slot_of(gate: GateDraft | GateRecord) -> Slot | None:
    """Return where the runs of a gate line up; None for an attested one."""
    if gate.tool is None or gate.task is None or gate.metric is None:
        return None
    return Slot(gate.tool, gate.task, gate.metric)


def require_fitting_area(areas: Iterable[PolicyAreaRecord], draft: GateDraft) -> None:
    """Refuse a gate of no area, and an advisory one where no failure is tolerated.

    Raises:
        InvalidInput: Saying which.
    """
    area = next((area for area in areas if area.code == draft.area), None)
    if area is None:
        raise InvalidInput({"area": f"“{draft.area}” is not a policy area"})
    if area.gate_type is GateType.ZERO_TOLERANCE and not draft.must_pass:
        raise InvalidInput(
            {"must_pass": f"{area.name} tolerates no failure, so its gates must pass"}
        )


def require_sound(session: Session, draft: GateDraft | GateRecord) -> None:
    """Refuse a gate that nothing could be held against.

    Raises:
        InvalidInput: The metric is undefined, a figure lies outside its scale, or the baseline
            does not exist or lacks the metric; naming every field that is wrong.
    """
    problems = dict(_figures(draft, queries.metric_definitions(session)))
    if draft.baseline is not None:
        problems |= _baseline(session, draft)
    if problems:
        raise InvalidInput(problems)


def require_free_title(
    session: Session, launch: str, title: str | None, but: str | None = None
) -> None:
    """Refuse a title that another gate of the launch has, unless that one is withdrawn.

    Raises:
        InvalidInput: Naming the gate that has it.
    """
    if title is None:
        return
    for gate in gate_records(session, [launch]):
        same = gate.title.casefold() == title.casefold()
        if same and gate.ref != but and not gate.withdrawn:
            raise InvalidInput(
                {"title": f"{gate.short_ref} has the same title; say how they differ"}
            )


def require_not_looser_than_withdrawn(session: Session, launch: str, draft: GateDraft) -> None:
    """Refuse a gate that asks for less than a withdrawn one whose slot holds evidence.

    Raises:
        RuleViolation: Naming the withdrawn gate and what would be looser.
    """
    slot = slot_of(draft)
    if slot is None or not has_evidence(session, launch, slot):
        return
    direction = direction_of(session, slot)
    for gate in gate_records(session, [launch]):
        if not gate.withdrawn or not same_place(gate, draft):
            continue
        looser = looser_in(draft, gate, direction)
        if looser:
            raise RuleViolation(
                f"{gate.short_ref}, which was withdrawn, asked for more, and there is evidence "
                f"already: {in_words(looser)}.",
                f"Ask for at least what {gate.short_ref} asked for, and waive the gate if it "
                "does not pass.",
            )


def require_no_looser_twin(session: Session, gate: GateRecord) -> None:
    """Refuse to withdraw a gate in favour of one that asks for less of the same evidence.

    Raises:
        RuleViolation: Naming the other gate and what it asks less for.
    """
    if gate.slot is None or not has_evidence(session, gate.launch, gate.slot):
        return
    direction = direction_of(session, gate.slot)
    for other in gate_records(session, [gate.launch]):
        if other.ref == gate.ref or other.withdrawn or not same_place(other, gate):
            continue
        looser = looser_in(other, gate, direction)
        if looser:
            raise RuleViolation(
                f"{other.short_ref} reads the same evidence, which is there already, and asks for "
                f"less than {gate.short_ref}: {in_words(looser)}.",
                f"Tighten {other.short_ref} first, or waive {gate.short_ref}.",
            )


def same_place(gate: GateRecord, other: GateDraft | GateRecord) -> bool:
    """Tell whether two gates read the same slot in the same configuration."""
    return gate.slot == slot_of(other) and gate.configuration == other.configuration


def in_words(looser: Mapping[str, str]) -> str:
    """Return fields and what is wrong with them in one line."""
    return "; ".join(f"{field.replace('_', ' ')} {problem}" for field, problem in looser.items())


def direction_of(session: Session, slot: Slot | None) -> Direction | None:
    """Return which way the metric of a slot is good; None where nobody has said."""
    if slot is None:
        return None
    found = queries.metric_definitions(session).get((slot.tool, slot.metric))
    return found.direction if found else None


def has_evidence(session: Session, launch: str, slot: Slot) -> bool:
    """Tell whether a launch ever had evidence in a slot, what was taken back included."""
    statement = (
        select(Evidence.id)
        .join(EvidenceRun, col(EvidenceRun.ref) == col(Evidence.run))
        .outerjoin(EvidenceCorrection, col(EvidenceCorrection.evidence) == col(Evidence.id))
        .where(
            col(EvidenceRun.launch) == launch,
            col(EvidenceRun.tool) == slot.tool,
            or_(
                and_(col(Evidence.task) == slot.task, col(Evidence.metric) == slot.metric),
                and_(
                    col(EvidenceCorrection.task) == slot.task,
                    col(EvidenceCorrection.metric) == slot.metric,
                ),
            ),
        )
        .limit(1)
    )
    return session.exec(statement).first() is not None


def on_scale(threshold: float, scale: Scale) -> bool:
    """Tell whether a threshold is a value that a metric of this scale can have."""
    if scale is Scale.COUNT:
        return threshold >= 0 and threshold.is_integer()
    return scale.whole is None or 0 <= threshold <= scale.whole


def _figures(gate: GateDraft | GateRecord, definitions: Definitions) -> Iterator[tuple[str, str]]:
    if gate.kind is not GateKind.MEASURED or gate.tool is None or gate.metric is None:
        return
    definition = definitions.get((gate.tool, gate.metric))
    if definition is None:
        yield (
            "metric",
            f"nobody has said yet which way “{gate.metric}” of {gate.tool} is good; say it first",
        )
        return
    if gate.threshold is not None and not on_scale(gate.threshold, definition.scale):
        yield "threshold", f"{gate.threshold:g} is no {definition.scale}"
    whole = definition.scale.whole
    if gate.margin is not None and whole is not None and gate.margin > whole:
        yield "margin", f"{gate.margin:g} is more than a {definition.scale} can differ"


def _baseline(session: Session, gate: GateDraft | GateRecord) -> dict[str, str]:
    try:
        found = queries.get_run(session, gate.baseline or "")
    except NotFound as error:
        return {"baseline": error.what}
    there = found.run.tool == gate.tool and any(
        (one.task, one.metric) == (gate.task, gate.metric) and not one.corrections
        for one in found.evidence
    )
    named = f"{gate.task}, {gate.metric} of {gate.tool}"
    return {} if there else {"baseline": f"{gate.baseline} has no {named}"}
