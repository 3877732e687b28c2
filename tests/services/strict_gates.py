"""The strictest gate at hand, all ways to loosen it, and how two people withdraw one."""

from datetime import timedelta

from tests.cast import BEN, TODAY
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    LEAD,
    a_definition,
    a_file,
    a_gate,
    imported,
)
from tracker.domain.gate_drafts import AttestationDraft, PlannedRunDraft
from tracker.domain.gates import GateRecord
from tracker.domain.words import (
    GateCoverage,
)
from tracker.services.gates import (
    ask_gate_withdrawal,
    confirm_gate_withdrawal,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.queries.gates import gate_records

G1, E1 = "aurora-1/G-1", "aurora-1/E-1"
STRICT = {
    "coverage": GateCoverage.EVERY_SLICE,
    "confidence": 0.95,
    "min_n": 300,
    "max_age_days": 90,
    "baseline": E1,
    "margin": 0.02,
}
LOOSER = [
    {"threshold": 0.94},
    {"coverage": GateCoverage.OVERALL},
    {"confidence": 0.9},
    {"min_n": 299},
    {"min_n": None},
    {"max_age_days": 91},
    {"max_age_days": None},
    {"must_pass": False},
    {"baseline": None, "margin": None},
    {"baseline": "aurora-1/E-2"},
    {"margin": 0.03},
]


def the_gate(store: Store, ref: str = G1) -> GateRecord:
    with store.reading() as session:
        return queries.get_gate(session, ref)


def gates(store: Store) -> tuple[GateRecord, ...]:
    with store.reading() as session:
        return gate_records(session, [AURORA])


def a_defined_launch(store: Store, **fields) -> None:
    a_launch(store)
    a_definition(store, **fields)


def a_strict_gate(store: Store) -> str:
    """The strictest gate at hand; its slot holds evidence, since it has a baseline."""
    a_defined_launch(store)
    imported(store, a_file("a.eval"), a_file("b.eval"))
    return a_gate(store, **STRICT)


def withdrawn(store: Store, ref: str = G1) -> None:
    ask_gate_withdrawal(store, act(BEN, "It repeats another."), ref, the_gate(store, ref).version)
    confirm_gate_withdrawal(store, act(LEAD), ref, the_gate(store, ref).version)


def a_plan(**fields) -> PlannedRunDraft:
    return PlannedRunDraft(**({"on": TODAY, "by": "dana", "n": 500} | fields))


def a_word(**fields) -> AttestationDraft:
    values = {
        "met": True,
        "statement": "I have read the report.",
        "document": "Red team report",
        "document_sha256": "0" * 64,
        "expires": TODAY + timedelta(days=30),
    }
    return AttestationDraft(**(values | fields))
