"""What lies in which section, and that no field of a record is forgotten by accident."""

from dataclasses import fields, replace

import pytest

from tests.readiness.sealed import (
    AREA,
    POLICY,
    SEAL_KEY,
    SEALED_SETTING,
    ZERO_TOLERANCE_AREA,
    a_sealed_launch,
    an_acceptance,
    sealed_sections,
    sealed_state,
)
from tracker.domain.evidence import EvidenceRecord, EvidenceRunRecord
from tracker.domain.gates import AttestationRecord, DeterminationRecord, GateRecord, WaiverRecord
from tracker.domain.records import (
    AssessmentRecord,
    EffectRecord,
    LaunchRecord,
    MitigationRecord,
    PlacementRecord,
    RiskRecord,
    ScopeRecord,
    VerificationRecord,
)
from tracker.domain.review_words import WithheldClass
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.snapshots import Item, Section
from tracker.domain.state import LaunchInputs
from tracker.domain.words import ExposureStage, ReviewStatus
from tracker.readiness.sections import sections_of
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import as_plain

COUNTED = {"id", "version", "launch"}
"""Numbers of rows and the launch itself, in which two equal registers may differ."""
NAMED = {"ref", "number"}
"""What the item's own reference says."""


def items(sections: tuple[Section, ...], section: str) -> dict[tuple[str, str], Item]:
    (found,) = (one for one in sections if one.name == section)
    return {(item.kind, item.ref): item for item in found.items}


def kinds(sections: tuple[Section, ...], section: str) -> set[str]:
    return {kind for kind, _ in items(sections, section)}


def test_each_part_holds_what_its_signature_rests_on() -> None:
    sections = sealed_sections(a_sealed_launch())
    areas = [f"area:{area.code}" for area in SEALED_SETTING.areas]
    assert [one.name for one in sections] == ["launch", "method", *areas]
    assert kinds(sections, "launch") == {
        "launch",
        "role",
        "mitigation",
        "placement",
        "verification",
    }
    assert kinds(sections, "method") == {"profile", "policy", "metric definition"}
    assert kinds(sections, f"area:{AREA}") == {
        *("area", "scope", "risk", "risk result", "assessment", "effect", "acceptance"),
        *("mitigation", "placement", "verification"),
        *("gate", "gate result", "run", "metric", "waiver"),
    }
    assert {"determination", "risk"} < kinds(sections, "area:cbrn")
    assert {"gate", "attestation"} < kinds(sections, f"area:{ZERO_TOLERANCE_AREA}")


def test_a_risk_lies_in_its_own_area_and_in_those_that_it_touches() -> None:
    sections = sealed_sections(a_sealed_launch())
    there = {one.name for one in sections for item in one.items if item.ref == "R-1"}
    assert there == {f"area:{AREA}", "area:cbrn"}
    other = {one.name for one in sections for item in one.items if item.ref == "R-2"}
    assert other == {"area:cbrn"}


def test_a_mitigation_without_effect_here_lies_in_the_launch_and_nowhere_else() -> None:
    sections = sealed_sections(a_sealed_launch())
    there = {one.name for one in sections for item in one.items if item.ref == "M-90"}
    assert there == {"launch"}


def test_a_safeguard_lies_in_the_area_whose_determination_names_it() -> None:
    inputs = a_sealed_launch()
    (made,) = inputs.determinations
    named = replace(inputs, determinations=(replace(made, safeguards=("M-90",)),))
    sections = sealed_sections(named)
    there = {one.name for one in sections for item in one.items if item.ref == "M-90"}
    assert there == {"area:cbrn"}


@pytest.mark.parametrize(
    ("section", "kind", "ref", "record", "left_out"),
    [
        (
            "launch",
            "launch",
            "launch",
            LaunchRecord,
            {"key", "review_status", "exposure_now", "holders", "proposed"},
        ),
        ("launch", "placement", "M-90", PlacementRecord, {"mitigation"}),
        ("launch", "mitigation", "M-90", MitigationRecord, set[str]()),
        (f"area:{AREA}", "scope", AREA, ScopeRecord, set[str]()),
        (f"area:{AREA}", "risk", "R-1", RiskRecord, {"created_at"}),
        (
            f"area:{AREA}",
            "assessment",
            "R-1 by ben",
            AssessmentRecord,
            {"picks", "risk", "confirms"},
        ),
        (f"area:{AREA}", "effect", "M-1 on R-1", EffectRecord, {"mitigation", "risk"}),
        (
            f"area:{AREA}",
            "verification",
            "M-1 for R-1, no. 1",
            VerificationRecord,
            {"mitigation", "risk"},
        ),
        (f"area:{AREA}", "acceptance", "A-1", AcceptanceRecord, set[str]()),
        (f"area:{AREA}", "gate", "G-1", GateRecord, set[str]()),
        (f"area:{AREA}", "run", "E-1", EvidenceRunRecord, set[str]()),
        (f"area:{AREA}", "waiver", "G-1, no. 1", WaiverRecord, set[str]()),
        (
            f"area:{ZERO_TOLERANCE_AREA}",
            "attestation",
            "G-2, no. 1",
            AttestationRecord,
            set[str](),
        ),
        ("area:cbrn", "determination", "cbrn, no. 1", DeterminationRecord, set[str]()),
    ],
)
def test_every_field_of_a_record_is_seen_but_for_those_named_here(
    section: str, kind: str, ref: str, record: type, left_out: set[str]
) -> None:
    item = items(sealed_sections(a_sealed_launch()), section)[kind, ref]
    names = {field.name for field in fields(record)}
    assert names - set(item.fields) == left_out | (names & (COUNTED | NAMED))


def test_every_field_of_a_metric_is_seen() -> None:
    found = items(sealed_sections(a_sealed_launch()), f"area:{AREA}")
    (item,) = (one for (kind, ref), one in found.items() if kind == "metric" and '"de"' in ref)
    names = {field.name for field in fields(EvidenceRecord)}
    assert names - set(item.fields) == {"id", "run"}


def test_what_reviews_and_exposures_write_is_in_no_section() -> None:
    inputs = a_sealed_launch()
    launch = replace(
        inputs.launch,
        review_status=ReviewStatus.IN_REVIEW,
        exposure_now=ExposureStage.LIMITED_PREVIEW,
        version=9,
    )
    assert sealed_sections(replace(inputs, launch=launch)) == sealed_sections(inputs)


def test_booked_work_counts_as_missing() -> None:
    inputs = replace(a_sealed_launch(), runs=(), baselines={}, waivers=())
    booked = tuple(replace(gate, planned_on=SEALED_SETTING.today) for gate in inputs.gates)
    for one in (inputs, replace(inputs, gates=booked)):
        result = items(sealed_sections(one), f"area:{AREA}")["gate result", "G-1"]
        assert result.fields["state"] == "missing"


def test_no_result_is_a_figure_that_another_machine_may_round_otherwise() -> None:
    for section in sealed_sections(a_sealed_launch()):
        for item in section.items:
            if item.kind.endswith("result"):
                assert not [at for at in item.fields.values() if isinstance(at, float)]


SECRET = "how it is done in detail"


def withheld_launch(secret: str = SECRET) -> LaunchInputs:
    """The launch with R-1 and E-1 withheld, and a secret in every text of theirs."""
    inputs = a_sealed_launch()
    first, second = inputs.risks
    why = WithheldClass.INFORMATION_HAZARD
    risk = replace(
        first.risk,
        **dict.fromkeys(("title", "scenario", "source", "note", "close_note"), secret),
        tags=((secret, secret),),
        withheld=why,
    )
    (mitigation,) = first.mitigations
    effect = replace(mitigation.effect, basis=secret)
    assert mitigation.verification is not None
    verification = replace(mitigation.verification, evidence=secret)
    (assessment,) = first.assessments
    judged = replace(assessment, rationale=secret, reasons={"likelihood": secret})
    hidden = replace(
        first,
        risk=risk,
        assessments=(judged,),
        mitigations=(replace(mitigation, effect=effect, verification=verification),),
    )
    run, older = inputs.runs
    said = tuple(replace(one, reason=secret) for one in run.run.equivalences)
    confirmed = tuple(replace(one, note=secret) for one in run.run.confirmations)
    record = replace(
        run.run,
        **dict.fromkeys(("file_name", "part", "run_id", "source"), secret),
        warnings=(secret,),
        equivalences=said,
        confirmations=confirmed,
        withheld=WithheldClass.SECURITY,
    )
    accepted = replace(
        an_acceptance(), justification=secret, fails_if=(secret,), ended_because=secret
    )
    return replace(
        inputs,
        risks=(hidden, second),
        effects=(effect,),
        verifications=(inputs.verifications[0], verification),
        runs=(replace(run, run=record), older),
        acceptances=(accepted,),
    )


def test_items_hold_no_withheld_text_and_yet_show_that_it_changed() -> None:
    sections = sealed_sections(withheld_launch())
    assert SECRET.encode() not in canonical_bytes([as_plain(one) for one in sections])
    assert sections == sealed_sections(withheld_launch())
    other = sealed_sections(withheld_launch("another way"))
    changed = [one for one, before in zip(other, sections, strict=True) if one != before]
    assert {one.name for one in changed} == {f"area:{AREA}", "area:cbrn"}
    risk = items(sections, f"area:{AREA}")["risk", "R-1"]
    assert risk.fields["area"] == AREA
    scenario = risk.fields["scenario"]
    assert isinstance(scenario, dict)
    assert scenario["withheld"] == "information hazard"


def test_a_seal_cannot_be_tried_without_the_key_of_the_register() -> None:
    inputs = withheld_launch()
    state = sealed_state(inputs)
    mine = sections_of(inputs, SEALED_SETTING, state, POLICY, SEAL_KEY)
    theirs = sections_of(inputs, SEALED_SETTING, state, POLICY, bytes(32))
    assert mine != theirs
