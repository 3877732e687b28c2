"""`show` of a gate and of an imported run."""

import re
from pathlib import Path

import pytest

from tests.cast import BEN
from tests.cli.commands import TODAY, Command
from tests.cli.registers import (
    FOR_AURORA,
    IMPORT,
    SETTLING,
    a_launch_without_results,
    own_register,
)
from tests.evidence_factories import a_correction, a_gate, an_equivalence
from tests.factories import AURORA
from tracker.cli import keys
from tracker.domain.words import GateCoverage

V = "gpt-4v-2023-09"
ON_THE_DAY = ("--today", TODAY.isoformat())


def test_every_gate_of_the_demo_is_shown_with_the_documented_keys(demo: Command) -> None:
    for launch in (V, "dall-e-3-2023-10", "dall-e-2-2022-04", "gpt-4-2023-03"):
        for gate in demo("gates", launch, "--json", *ON_THE_DAY).json():
            shown = demo("show", gate["ref"], "--json", *ON_THE_DAY).json()
            assert list(shown) == list(keys.SHOWN_GATE)
            assert {key: shown[key] for key in gate} == gate
            text = demo("show", gate["ref"], *ON_THE_DAY)
            assert (text.code, text.err) == (0, "")
            assert f"State: {gate['state']}" in text.out


def test_a_waiver_shows_what_it_overrides_and_who_has_not_signed(demo: Command) -> None:
    shown = demo("show", f"{V}/G-3", "--json", *ON_THE_DAY).json()
    assert (shown["waived_until"], shown["waiver"]["state"]) == (None, "asked")
    assert shown["waiver"]["overrides"] == "inconclusive"
    assert shown["waiver"]["approver"] is None
    text = demo("show", f"{V}/G-3", *ON_THE_DAY).out
    assert "Waiver asked (not yet signed by approver)" in text
    assert "300" in shown["settles"]
    assert f"What would settle it: {shown['settles']}" in text


def test_a_gate_shows_the_exact_bounds_of_the_run_that_it_reads(
    command: Command, home: Path, register_with_cast: Path
) -> None:
    a_launch_without_results(home, register_with_cast)
    command(*IMPORT, str(SETTLING), *FOR_AURORA)
    shown = command("show", f"{AURORA}/G-1", "--json").json()
    reading = shown["reading"]
    assert (reading["observed"], reading["n"], reading["state"]) == (0.95, 60, "passed")
    assert reading["low"] == pytest.approx(0.8758128, abs=1e-6)
    assert shown["definition"]["direction"] == "higher is better"
    assert "E-1 shows 95 % (87.5 % to" in command("show", f"{AURORA}/G-1").out


def test_a_gate_on_every_slice_shows_each(
    command: Command, home: Path, register_with_cast: Path
) -> None:
    a_launch_without_results(home, register_with_cast)
    command(*IMPORT, str(SETTLING), *FOR_AURORA)
    with own_register(home) as store:
        gate = a_gate(
            store,
            task="refusals",
            metric="refusal/accuracy",
            threshold=0.8,
            coverage=GateCoverage.EVERY_SLICE,
        )
    shown = command("show", gate, "--json").json()
    assert {one["slice"] for one in shown["slices"]} >= {"cbrn", "privacy"}
    text = command("show", gate).out
    assert re.search(r"  cbrn: passed, 81\.\d %", text)
    assert "  privacy: inconclusive" in text


def test_a_run_shows_what_was_said_about_it(
    command: Command, home: Path, register_with_cast: Path
) -> None:
    a_launch_without_results(home, register_with_cast)
    command(*IMPORT, str(SETTLING), *FOR_AURORA, "--configuration", "no filter")
    ref = f"{AURORA}/E-1"
    before = command("show", ref, "--json").json()
    assert list(before) == list(keys.SHOWN_RUN)
    assert not before["same_release"]
    assert before["metrics"][0]["standing"] == "another model version, configuration or stage"
    assert before["metrics"][0]["conditions"]["repeats"]
    assert "another release than the launch's" in command("show", ref).out
    with own_register(home) as store:
        an_equivalence(store, ref, stated_by=BEN.key)
        a_correction(store, before["metrics"][-1]["id"])
    after = command("show", ref, "--json").json()
    assert after["equivalences"][0]["stated_by"] == "ben"
    first, last = after["metrics"][0], after["metrics"][-1]
    assert (first["standing"], first["equivalent"]) == ("counts", True)
    assert (last["standing"], last["corrections"][0]["kind"]) == ("withdrawn", "withdrawn")
    assert "says ben: Only the system prompt's greeting differs." in command("show", ref).out


def test_a_published_figure_shows_its_source_and_what_weakens_it(demo: Command) -> None:
    text = demo("show", f"{V}/E-5").out
    assert "Source: GPT-4V(ision) System Card, section" in text
    assert "Flags: self-reported" in text
    assert "SHA-256" in text


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        (f"{V}/G-99", f"no gate “{V}/G-99”.*Did you mean {V}/G-9"),
        (f"{V}/E-99", f"no evidence run “{V}/E-99”.*Did you mean {V}/E-"),
        ("nothing/G-1", "no launch “nothing”"),
        ("nothing/E-1", "no launch “nothing”"),
        ("G-1", "no launch “G-1”"),
    ],
)
def test_a_reference_that_names_nothing_is_refused(demo: Command, ref: str, said: str) -> None:
    assert re.search(said, demo("show", ref).refusal())
