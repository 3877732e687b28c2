"""Saying once, per tool and metric, which way is good and what the values are."""

from sqlmodel import Session, col, select

from tracker.domain.errors import RuleViolation
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.roles import Action, require
from tracker.domain.words import Direction, Origin
from tracker.services.act import Act, perform
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
    reading = select(Gate.ref).where(Gate.tool == draft.tool, Gate.metric == draft.metric)
    gates = session.exec(reading.order_by(col(Gate.ref))).all()
    if gates:
        raise RuleViolation(
            f"What “{draft.metric}” of {draft.tool} means cannot change: {', '.join(gates)} "
            "reads it.",
            "Import the results under a metric of another name, and define that.",
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
