"""The snapshot document: what a launch was at one moment, whole, in one canonical text.

It holds the sections that signatures rest on, the results, and everything that a readiness summary
is made of, so that next year's reader needs no register to make the same summary again. Restricted
text is in none of it: items carry seals, inputs carry markers.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, cast

from tracker.domain.changes import ChainHead, ChangeLine
from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.ledger import Ledger, LedgerRow
from tracker.domain.records import PersonRecord, PolicyAreaRecord, TeamRecord
from tracker.domain.reviews import SectionHash
from tracker.domain.scales import ScoringProfile
from tracker.domain.snapshots import (
    LAUNCH_SECTION,
    METHOD_SECTION,
    Item,
    MaterialityPolicy,
    Plain,
    Section,
    area_section,
)
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.domain.words import EvidenceStanding, RegisterKind, View
from tracker.readiness.launch import Setting
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import NotPlain, as_plain, from_plain

SCHEMA: Final = "holdpoint snapshot 1"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row of the ledger; what it shares with others is named, not repeated."""

    run: str
    evidence: EvidenceRecord
    standing: EvidenceStanding
    gates: tuple[str, ...]
    definition: tuple[str, str] | None
    same_release: bool
    equivalent: bool


@dataclass(frozen=True, slots=True)
class SnapshotInputs:
    """All that a readiness summary of a launch is made of, without restricted text.

    Attributes:
        people: Nobody's sign-in among them.
        today: The day whose clocks counted.
        runs, lines: The ledger; lines newest run first.
        ledger_day: The day that the ledger was read as of.
        changes: Latest changes on the launch, newest first.
        chain: Length and head of the audit chain just before the snapshot was written.
    """

    inputs: LaunchInputs
    areas: tuple[PolicyAreaRecord, ...]
    people: Mapping[str, PersonRecord]
    teams: Mapping[str, TeamRecord]
    profile: ScoringProfile
    today: date
    definitions: Mapping[tuple[str, str], MetricDefinitionRecord]
    runs: tuple[EvidenceRunRecord, ...]
    lines: tuple[LedgerLine, ...]
    ledger_day: date
    changes: tuple[ChangeLine, ...]
    chain: ChainHead
    kind: RegisterKind

    @property
    def setting(self) -> Setting:
        """What the launch was judged under."""
        return Setting(
            areas=self.areas,
            people=self.people,
            teams=self.teams,
            profile=self.profile,
            today=self.today,
            definitions=self.definitions,
        )

    @property
    def ledger(self) -> Ledger:
        """All evidence of the launch."""
        runs = {run.ref: run for run in self.runs}
        gates = {gate.ref: gate for gate in self.inputs.gates}
        rows = tuple(
            LedgerRow(
                run=runs[line.run],
                evidence=line.evidence,
                standing=line.standing,
                gates=tuple(gates[ref] for ref in line.gates),
                definition=self.definitions.get(line.definition) if line.definition else None,
                same_release=line.same_release,
                equivalent=line.equivalent,
            )
            for line in self.lines
        )
        return Ledger(self.inputs.launch, self.ledger_day, self.runs, rows)


def ledger_lines(ledger: Ledger) -> tuple[LedgerLine, ...]:
    """Return the rows of a ledger as lines."""
    return tuple(
        LedgerLine(
            run=row.run.ref,
            evidence=row.evidence,
            standing=row.standing,
            gates=tuple(gate.ref for gate in row.gates),
            definition=(row.definition.tool, row.definition.metric) if row.definition else None,
            same_release=row.same_release,
            equivalent=row.equivalent,
        )
        for row in ledger.rows
    )


@dataclass(frozen=True, slots=True)
class Taking:
    """How a snapshot is taken: of which review, when, by whom, with which product.

    Attributes:
        review: Full reference, such as `gpt-4v-2023-09/REV-1`.
        taken_at: Aware UTC.
        taken_by: Key of the person.
    """

    review: str
    taken_at: datetime
    taken_by: str
    authenticated: bool
    product_version: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found on a launch: its sections with their hashes, and its state."""

    sections: Sequence[Section]
    hashes: Sequence[SectionHash]
    state: LaunchState


def make_document(
    taking: Taking, judged: Judged, parts: SnapshotInputs, policy: MaterialityPolicy
) -> bytes:
    """Return the canonical document of a snapshot; equal arguments give equal bytes."""
    return canonical_bytes(
        {
            "schema": SCHEMA,
            "launch": parts.inputs.launch.key,
            "review": taking.review,
            "taken_at": taking.taken_at,
            "taken_by": taking.taken_by,
            "authenticated": taking.authenticated,
            "as_of": parts.today,
            "product_version": taking.product_version,
            "profile": parts.profile.version,
            "policy": policy.version,
            "materiality": as_plain(policy),
            "sections": _sections(judged),
            "results": results_of(judged.state),
            "inputs": as_plain(parts),
            "chain": as_plain(parts.chain),
        }
    )


def _sections(judged: Judged) -> Plain:
    return {
        section.name: {
            "whole": hashes.whole,
            "material": hashes.material,
            "blocking": hashes.blocking,
            "items": [as_plain(item) for item in section.items],
        }
        for section, hashes in zip(judged.sections, judged.hashes, strict=True)
    }


def results_of(state: LaunchState) -> Plain:
    """Return verdict, reasons, levels and gates of a state, as a document states them."""
    return {
        "verdict": state.verdict.value,
        "reasons": [as_plain(reason) for reason in state.reasons],
        "levels": {
            risk.risk.short_ref: {view.value: risk.figures(view).level.value for view in View}
            for risk in state.open_risks
        },
        "gates": {
            one.gate.short_ref: {"state": one.state.value, "waived": one.waived}
            for one in state.gates
        },
    }


def document_hash(document: bytes) -> str:
    """Return the SHA-256 of a document, 64 hexadecimal digits."""
    return sha256(document).hexdigest()


def read_document(document: str | bytes) -> Mapping[str, Any]:
    """Return a document as JSON holds it.

    Raises:
        NotPlain: It is no JSON object, or of another schema.
    """
    try:
        read = json.loads(document)
    except ValueError as error:
        raise NotPlain(f"this is no snapshot document: {error}") from error
    schema = cast(dict[str, Any], read).get("schema") if isinstance(read, dict) else None
    if schema != SCHEMA:
        raise NotPlain(f"this is no snapshot document of schema “{SCHEMA}”")
    return cast(Mapping[str, Any], read)


def taking_of(document: Mapping[str, Any]) -> Taking:
    """Return how the snapshot was taken."""
    return Taking(
        review=document["review"],
        taken_at=datetime.fromisoformat(document["taken_at"]),
        taken_by=document["taken_by"],
        authenticated=document["authenticated"],
        product_version=document["product_version"],
    )


def policy_in(document: Mapping[str, Any]) -> MaterialityPolicy:
    """Return the materiality policy under which the sections were hashed."""
    return from_plain(MaterialityPolicy, document["materiality"])


def inputs_of(document: Mapping[str, Any]) -> SnapshotInputs:
    """Return what the document says the launch was made of.

    Raises:
        NotPlain: It does not fit the records of this product.
    """
    return from_plain(SnapshotInputs, document["inputs"])


def sections_in(document: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return the sections of a document with their items, launch and method first."""
    areas = [one["code"] for one in document["inputs"]["areas"]]
    return tuple(
        Section(name, tuple(_items(document["sections"][name]["items"])))
        for name in section_names(areas)
    )


def section_names(areas: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all sections in their order, from the codes of policy areas."""
    return (LAUNCH_SECTION, METHOD_SECTION, *(area_section(code) for code in areas))


def _items(listed: Iterable[Mapping[str, Any]]) -> Iterable[Item]:
    return (Item(one["kind"], one["ref"], one["label"], one["fields"]) for one in listed)


def hashes_in(document: Mapping[str, Any]) -> tuple[SectionHash, ...]:
    """Return the section hashes that a document states."""
    areas = [one["code"] for one in document["inputs"]["areas"]]
    return tuple(
        SectionHash(
            name, *(document["sections"][name][kind] for kind in ("whole", "material", "blocking"))
        )
        for name in section_names(areas)
    )
