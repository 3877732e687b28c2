from tests.readiness.gates import a_gate
from tracker.domain.gates import GateRecord
from tracker.domain.words import GateKind
from tracker.readiness.twins import missing_twins


def gate(number: int, area: str, launch: str = "one", **fields: object) -> GateRecord:
    return a_gate(number, ref=f"{launch}/G-{number}", launch=launch, area=area, **fields)


def pointed_out(*gates: GateRecord) -> list[str]:
    return [found.ref for found in missing_twins(gates)]


def test_a_safety_gate_without_any_over_refusal_gate_is_pointed_out() -> None:
    assert pointed_out(gate(1, "privacy")) == ["one/G-1"]


def test_one_over_refusal_gate_serves_every_area_of_its_launch_even_an_advisory_one() -> None:
    twin = gate(3, "over_refusal", must_pass=False)
    assert pointed_out(gate(1, "privacy"), gate(2, "self_harm"), twin) == []


def test_an_area_is_pointed_out_once() -> None:
    assert pointed_out(gate(1, "privacy"), gate(2, "privacy"), gate(3, "youth")) == [
        "one/G-1",
        "one/G-3",
    ]


def test_the_twin_of_another_launch_does_not_count() -> None:
    assert pointed_out(gate(1, "privacy"), gate(1, "over_refusal", launch="two")) == ["one/G-1"]


def test_advisory_and_attested_gates_need_no_twin() -> None:
    assert pointed_out(gate(1, "privacy", must_pass=False)) == []
    assert pointed_out(gate(1, "privacy", kind=GateKind.ATTESTED)) == []


def test_withdrawn_gates_neither_need_a_twin_nor_are_one() -> None:
    gone = {"withdrawal_asked_by": "ada", "withdrawal_confirmed_by": "ben"}
    assert pointed_out(gate(1, "privacy", **gone)) == []
    assert pointed_out(gate(1, "privacy"), gate(2, "over_refusal", **gone)) == ["one/G-1"]
    asked = gate(2, "over_refusal", withdrawal_asked_by="ada")
    assert pointed_out(gate(1, "privacy"), asked) == []
