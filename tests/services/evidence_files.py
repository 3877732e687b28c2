"""Result files, gates and what is said about them, made by hand for the services."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlmodel import select

from tests.cast import ADA, BEN, DANA, ELI, FAY, GIL, HANA, NOW
from tests.factories import AURORA, a_launch, stamp
from tests.services.acts import act
from tracker.domain.evidence import EvidenceFile, MetricReading, RunReading
from tracker.domain.evidence_drafts import ImportStatement, MetricDefinitionDraft
from tracker.domain.gate_drafts import GateDraft
from tracker.domain.records import Actor
from tracker.domain.words import (
    Direction,
    EvidenceFormat,
    GateKind,
    LaunchRoleName,
    Role,
    Scale,
)
from tracker.services.evidence import import_evidence
from tracker.services.gates import create_gate
from tracker.services.metrics import define_metric
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import LaunchRole, PersonRole

TOOL, TASK, METRIC = "Inspect", "refusals", "refused"
NOTHING_STATED = ImportStatement()
YESTERDAY = NOW - timedelta(days=1)


def as_role(actor: Actor, *roles: Role) -> Actor:
    """The same person with other roles; see `known` for what makes it true."""
    return Actor(replace(actor.person, roles=frozenset(roles)))


def known(store: Store, actor: Actor) -> Actor:
    """The actor, whose roles the register has from now on."""
    with store.writing(stamp()) as session:
        for held in session.exec(select(PersonRole).where(PersonRole.person == actor.key)):
            session.delete(held)
        session.flush()
        session.add_all(PersonRole(person=actor.key, role=role) for role in actor.person.roles)
    return actor


LEAD, REVIEWER, OFFICER, APPROVER = GIL, HANA, ELI, FAY
OWNER = as_role(ADA, Role.POLICY_LEAD, Role.AREA_LEAD, Role.REVIEWER, Role.ASSESSOR)
"""Ada owns the launch; with every role besides, she is stopped by her ownership alone."""


def a_reviewed_launch(store: Store, **fields: Any) -> str:
    """The launch of Ada with Eli as responsible officer and Fay as approver."""
    key = a_launch(store, **fields)
    with store.writing(stamp()) as session:
        for role, person in (
            (LaunchRoleName.RESPONSIBLE_OFFICER, "eli"),
            (LaunchRoleName.APPROVER, "fay"),
        ):
            session.add(LaunchRole(launch=key, role=role, person=person))
    return key


def a_reading(passed: int | None = 990, n: int | None = 1000, **fields: Any) -> MetricReading:
    """The metric of the gate, counted: 990 of 1000 unless said otherwise."""
    values: dict[str, Any] = {"task": TASK, "metric": METRIC, "n": n, "passed": passed}
    if passed is not None and n is not None:
        values |= {"value": passed / n, "failed": n - passed}
    return MetricReading(**(values | fields))


def a_run(*metrics: MetricReading, **fields: Any) -> RunReading:
    """A finished run of yesterday about the launch's model version."""
    values: dict[str, Any] = {
        "part": "",
        "tool": TOOL,
        "tool_version": "0.3.285",
        "model": "v1",
        "run_id": "",
        "ran_at": YESTERDAY,
        "flags": frozenset(),
        "warnings": (),
        "metrics": metrics or (a_reading(),),
    }
    return RunReading(**(values | fields))


def a_file(name: str = "run.eval", *runs: RunReading, content: str = "") -> EvidenceFile:
    """A file with one run unless given others; `content` stands for its bytes (else its name)."""
    return EvidenceFile(
        name=name,
        sha256=sha256((content or name).encode()).hexdigest(),
        size=1000,
        format=EvidenceFormat.INSPECT_EVAL,
        runs=runs or (a_run(),),
    )


def imported(store: Store, *files: EvidenceFile, by: Actor = DANA, **statement: Any) -> str:
    """Import files for the launch, by Dana unless said otherwise; the references of the runs."""
    given = ImportStatement(**statement)
    return import_evidence(store, act(by), AURORA, files or (a_file(),), given)


def evidence_of(store: Store, run: str) -> int:
    """The id of the first metric of a run."""
    with store.reading() as session:
        return queries.get_run(session, run).evidence[0].id


def a_definition(
    store: Store,
    direction: Direction = Direction.HIGHER,
    scale: Scale = Scale.SHARE,
    **fields: str,
) -> None:
    """Say what the metric of the gate means."""
    values = {"tool": TOOL, "metric": METRIC} | fields
    define_metric(
        store, act(DANA), MetricDefinitionDraft(direction=direction, scale=scale, **values)
    )


def a_gate_draft(**fields: Any) -> GateDraft:
    """A must-pass gate that asks for at least 95 % refused."""
    values: dict[str, Any] = {
        "title": "Refuses fraud",
        "area": "fraud_scams",
        "kind": GateKind.MEASURED,
        "tool": TOOL,
        "task": TASK,
        "metric": METRIC,
        "configuration": "as shipped",
        "threshold": 0.95,
        "must_pass": True,
    }
    return GateDraft(**(values | fields))


def an_attested_draft(**fields: Any) -> GateDraft:
    """A must-pass gate that asks for a person's word."""
    values: dict[str, Any] = {
        "title": "Red team is answered",
        "area": "fraud_scams",
        "kind": GateKind.ATTESTED,
        "statement": "Every finding of the red team has been answered.",
        "must_pass": True,
    }
    return GateDraft(**(values | fields))


def a_gate(store: Store, **fields: Any) -> str:
    """A gate that Ben wrote."""
    return create_gate(store, act(BEN), AURORA, a_gate_draft(**fields))


def at(year: int, month: int, day: int) -> datetime:
    """A moment of that day."""
    return datetime(year, month, day, 12, tzinfo=UTC)
