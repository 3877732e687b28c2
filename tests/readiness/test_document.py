"""The snapshot document: one canonical text, the same wherever and whenever it is made."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings

from tests.readiness.sealed import (
    POLICY,
    a_sealed_launch,
    sealed_document,
    sealed_hashes,
    sealed_sections,
    sealed_state,
)
from tests.readiness.test_sections import SECRET, withheld_launch
from tests.readiness.whole_launches import GATED_SETTING, whole_launches
from tracker.domain.state import LaunchInputs
from tracker.readiness.document import (
    SCHEMA,
    document_hash,
    hashes_in,
    inputs_of,
    policy_in,
    read_document,
    results_of,
    sections_in,
    taking_of,
)
from tracker.readiness.kept import kept_inputs
from tracker.readiness.materiality import section_hashes
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import NotPlain

GOLDEN = "08e259d3d911fe720709b3ee62ee208b3459dec97bc11034cc361766442d9d48"
"""Of the small launch. Where this changes, every signature on an older snapshot ends: a release
that does so says so, and keeps reading documents of the old form."""
GOLDEN_SECTIONS = "e0cdeece9138f8a4dd10e1e092ea01f47cb09f23ec1374bb2b908ba1161b99d9"
"""Of the three hashes of each of its sections."""

DOCUMENT = sealed_document(a_sealed_launch())


def sections_hash() -> str:
    hashes = sealed_hashes(a_sealed_launch())
    return document_hash(
        canonical_bytes([[one.name, one.whole, one.material, one.blocking] for one in hashes])
    )


def test_the_small_launch_has_the_hash_that_it_always_had() -> None:
    assert sections_hash() == GOLDEN_SECTIONS
    assert document_hash(DOCUMENT) == GOLDEN


@pytest.mark.parametrize(("seed", "zone"), [("1", "Pacific/Kiritimati"), ("2", "America/Nome")])
def test_another_process_in_another_time_zone_makes_the_same_bytes(seed: str, zone: str) -> None:
    script = (
        "from tests.readiness.sealed import a_sealed_launch, sealed_document\n"
        "from tracker.readiness.document import document_hash\n"
        "print(document_hash(sealed_document(a_sealed_launch())))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    made = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == document_hash(DOCUMENT)


@settings(max_examples=15, deadline=None)
@given(inputs=whole_launches())
def test_a_document_made_of_itself_has_the_same_bytes(inputs: LaunchInputs) -> None:
    document = sealed_document(inputs, GATED_SETTING)
    assert canonical_bytes(json.loads(document)) == document
    assert inputs_of(read_document(document)).inputs == inputs


def test_a_document_says_what_it_is() -> None:
    read = read_document(DOCUMENT)
    assert read["schema"] == SCHEMA == "holdpoint snapshot 1"
    assert (read["launch"], read["review"], read["as_of"]) == (
        "launch",
        "launch/REV-1",
        "2026-11-24",
    )
    assert (read["profile"], read["policy"]) == ("P1", "M1")
    assert taking_of(read).taken_by == "ben"
    assert policy_in(read) == POLICY


def test_a_document_gives_back_sections_hashes_and_results() -> None:
    read = read_document(DOCUMENT)
    inputs = a_sealed_launch()
    assert sections_in(read) == sealed_sections(inputs)
    assert hashes_in(read) == sealed_hashes(inputs) == section_hashes(sections_in(read), POLICY)
    assert read["results"] == json.loads(canonical_bytes(results_of(sealed_state(inputs))))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema":"holdpoint snapshot 2"}', "{"])
def test_another_text_is_no_document(text: str) -> None:
    with pytest.raises(NotPlain, match="no snapshot document"):
        read_document(text)


def test_what_a_snapshot_keeps_holds_no_withheld_text_and_gives_the_same_results() -> None:
    inputs = withheld_launch()
    kept = kept_inputs(inputs)
    assert SECRET.encode() not in sealed_document(kept)
    full, bare = sealed_state(inputs), sealed_state(kept)
    assert [one.code for one in bare.reasons] == [one.code for one in full.reasons]
    assert [one.state for one in bare.gates] == [one.state for one in full.gates]
    assert [one.current for one in bare.risks] == [one.current for one in full.risks]


def test_nothing_is_taken_from_a_launch_that_withholds_nothing() -> None:
    inputs = a_sealed_launch()
    assert kept_inputs(inputs) is inputs
