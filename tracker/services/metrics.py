"""Saying once, per tool and metric, which way is good and what the values are.

What a gate reads gets another meaning only by two people: one proposes it, another confirms it.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tracker.domain.errors import InvalidInput, NotFound, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.roles import Action, require
from tracker.domain.words import Direction, Origin, Scale
from tracker.services.act import Act, perform
from tracker.services.gate_rows import on_scale
from tracker.services.second_person import require_not_owner
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Evidence, EvidenceRun, Gate, MetricDefinition


def metric_definitions(store: Store) -> tuple[MetricDefinitionRecord, ...]:
    """Return what is known about every metric, in order of tool and metric."""
    with store.reading() as session:
        known = queries.metric_definitions(session)
    return tuple(known[pair] for pair in sorted(known))


def define_metric(store: Store, act: Act, draft: MetricDefinitionDraft) -> str:
    """Say which way a metric of a tool is good; returns the metric.

    Raises:
        NotPermitted: The acting person may not define metrics.
        RuleViolation: A gate reads the metric, or it means just this already.
        InvalidInput: Without a reason, another meaning is replaced or a file is contradicted.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.DEFINE_METRIC)
        row = session.get(MetricDefinition, (draft.tool, draft.metric))
        if row is not None:
            _require_changeable(session, act, row, draft)
        if _contradicts_a_file(session, draft):
            act.require_reason("saying otherwise than a file about which way its metric is good")
        if row is None:
            row = MetricDefinition(
                **draft.model_dump(), defined_by=act.actor.key, origin=Origin.ENTERED
            )
            session.add(row)
        else:
            _redefine(row, act, draft)
        return draft.metric

    return perform(store, act, Action.DEFINE_METRIC, work)


def propose_meaning(store: Store, act: Act, draft: MetricDefinitionDraft) -> str:
    """Ask to give a metric that a gate reads another direction or scale; returns the metric.

    A later proposal takes the place of an earlier one. The note stays as it is.

    Raises:
        NotPermitted: The acting person may not define metrics.
        NotFound: Nobody has defined the metric.
        InvalidInput: There is no reason.
        RuleViolation: It means just this already, or no gate reads it.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.DEFINE_METRIC)
        row = _definition(session, draft.tool, draft.metric)
        act.require_reason("giving a metric that a gate reads another meaning")
        if (row.direction, row.scale) == (draft.direction, draft.scale):
            raise RuleViolation(f"“{draft.metric}” of {draft.tool} means just this already.")
        if not _reading(session, draft.tool, draft.metric):
            raise RuleViolation(
                f"No gate reads “{draft.metric}” of {draft.tool}.", "Define it anew instead."
            )
        row.proposed_direction, row.proposed_scale = draft.direction, draft.scale
        row.proposed_by, row.proposed_because = act.actor.key, act.reason.strip()
        return draft.metric

    return perform(store, act, Action.DEFINE_METRIC, work)


def confirm_meaning(store: Store, act: Act, seen: MetricDefinitionRecord) -> str:
    """Give a metric the meaning that somebody else proposed; returns the metric.

    Args:
        store: The register.
        act: Who confirms, and when.
        seen: The definition with its proposal as the acting person read them.

    Raises:
        NotFound: Nobody has defined the metric.
        SelfApproval: The acting person proposed it, or owns a launch whose gate reads the metric.
        NotPermitted: The acting person may not confirm new meanings.
        StaleEdit: Something else is proposed by now.
        RuleViolation: Nobody proposed anything.
        InvalidInput: The threshold of a gate is no value of the new scale.
    """

    def work(session: Session) -> str:
        row = _definition(session, seen.tool, seen.metric)
        gates = _reading(session, seen.tool, seen.metric)
        _require_second_person(session, act, row, gates)
        direction, scale = row.proposed_direction, row.proposed_scale
        if direction is None or scale is None or row.proposed_by is None:
            raise RuleViolation(
                f"Nobody proposed another meaning of “{row.metric}” of {row.tool}.",
                "Propose one first.",
            )
        if (direction, scale) != (seen.proposed_direction, seen.proposed_scale):
            raise StaleEdit("metric definition", f"{row.metric} of {row.tool}")
        _require_thresholds_fit(gates, scale)
        row.direction, row.scale, row.defined_by = direction, scale, row.proposed_by
        row.origin = Origin.ENTERED
        row.proposed_direction = row.proposed_scale = row.proposed_by = None
        row.proposed_because = ""
        return row.metric

    return perform(store, act, Action.REDEFINE_METRIC, work)


def withdraw_meaning(store: Store, act: Act, tool: str, metric: str) -> str:
    """Take back what somebody proposed to make of a metric; returns the metric.

    Raises:
        NotPermitted: The acting person may not define metrics.
        NotFound: Nobody has defined the metric.
        RuleViolation: Nobody proposed anything.
    """

    def work(session: Session) -> str:
        require(act.actor, Action.DEFINE_METRIC)
        row = _definition(session, tool, metric)
        if row.proposed_by is None:
            raise RuleViolation(f"Nobody proposed another meaning of “{metric}” of {tool}.")
        row.proposed_direction = row.proposed_scale = row.proposed_by = None
        row.proposed_because = ""
        return metric

    return perform(store, act, Action.DEFINE_METRIC, work)


def _definition(session: Session, tool: str, metric: str) -> MetricDefinition:
    row = session.get(MetricDefinition, (tool, metric))
    if row is None:
        raise NotFound("metric definition", f"{metric} of {tool}")
    return row


def _reading(session: Session, tool: str, metric: str) -> Sequence[Gate]:
    """Return every gate that reads a metric, withdrawn ones too, in order of reference."""
    found = select(Gate).where(Gate.tool == tool, Gate.metric == metric)
    return session.exec(found.order_by(col(Gate.ref))).all()


def _require_second_person(
    session: Session, act: Act, row: MetricDefinition, gates: Sequence[Gate]
) -> None:
    if act.actor.key == row.proposed_by:
        raise SelfApproval(
            f"{act.actor.person.name} proposed this meaning.",
            "A second person who owns no launch that reads the metric has to confirm it.",
        )
    require(act.actor, Action.REDEFINE_METRIC)
    for key in sorted({gate.launch for gate in gates}):
        launch = queries.get_launch(session, key)
        require_not_owner(act, launch, "confirm what a metric means that its gates read")
        require(act.actor, Action.REDEFINE_METRIC, launch)


def _require_thresholds_fit(gates: Sequence[Gate], scale: Scale) -> None:
    misfits = [
        gate.ref
        for gate in gates
        if gate.threshold is not None and not on_scale(gate.threshold, scale)
    ]
    if misfits:
        raise InvalidInput(
            {"scale": f"the threshold of {', '.join(misfits)} is no {scale}"},
            "Withdraw the gate and write it anew, or propose another scale.",
        )


def _redefine(row: MetricDefinition, act: Act, draft: MetricDefinitionDraft) -> None:
    row.direction = draft.direction
    row.scale = draft.scale
    row.note = draft.note
    row.defined_by = act.actor.key
    row.origin = Origin.ENTERED


def _require_changeable(
    session: Session, act: Act, row: MetricDefinition, draft: MetricDefinitionDraft
) -> None:
    """Let a meaning be replaced only while no gate reads it, and never by oversight."""
    if (row.direction, row.scale, row.note) == (draft.direction, draft.scale, draft.note):
        raise RuleViolation(f"“{draft.metric}” of {draft.tool} means just this already.")
    gates = _reading(session, draft.tool, draft.metric)
    if gates:
        raise RuleViolation(
            f"What “{draft.metric}” of {draft.tool} means cannot be changed by one person: "
            f"{', '.join(gate.ref for gate in gates)} reads it.",
            "Propose the new meaning, and have a second person confirm it.",
        )
    act.require_reason("giving a metric another meaning")


def _contradicts_a_file(session: Session, draft: MetricDefinitionDraft) -> bool:
    otherwise = draft.direction is Direction.LOWER
    statement = (
        select(Evidence.id)
        .join(EvidenceRun, col(EvidenceRun.ref) == col(Evidence.run))
        .where(
            col(EvidenceRun.tool) == draft.tool,
            col(Evidence.metric) == draft.metric,
            col(Evidence.higher_is_better).is_(otherwise),
        )
        .limit(1)
    )
    return session.exec(statement).first() is not None
