"""Checks a readiness bundle offline: its files, its snapshot, and every score and verdict in it.

    python verify.pyz holdpoint-bundle.zip

Nothing is installed and nothing is asked over a network. The rules are the product's own modules.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isclose
from pathlib import Path
from typing import Any, Final, cast

from tracker.domain.state import LaunchState
from tracker.domain.words import View
from tracker.exports.bundle.archive import digest, manifest_of, problems_of
from tracker.readiness.document import (
    hashes_in,
    inputs_of,
    policy_in,
    read_document,
    results_of,
    sections_in,
)
from tracker.readiness.kept import kept_state, withheld_on
from tracker.readiness.launch import launch_states
from tracker.readiness.materiality import section_hashes
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import NotPlain

SNAPSHOT: Final = "snapshot.json"
SUMMARY: Final = "summary.json"
DECISIONS: Final = "decisions.json"
_CLOSE: Final = 1e-6
_USAGE: Final = "Usage: python verify.pyz BUNDLE.zip"


def main(arguments: Sequence[str]) -> int:
    """Check the bundle named on the command line; 0 where all holds, 1 where not, 2 for misuse."""
    if len(arguments) != 2:
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    try:
        packed = Path(arguments[1]).read_bytes()
    except OSError as error:
        sys.stderr.write(f"{arguments[1]} cannot be read: {error.strerror}\n")
        return 2
    found = problems(packed)
    last = "FAILED: do not rely on this bundle." if found else "VERIFIED"
    sys.stdout.write("\n".join([*(found or said(packed)), last, ""]))
    return 1 if found else 0


def problems(packed: bytes) -> list[str]:
    """Return everything that is wrong with a bundle, each by the name of a file."""
    found = problems_of(packed)
    return found or list(_of_content(_files(packed)))


def said(packed: bytes) -> list[str]:
    """Return what a sound bundle says, in a few lines."""
    files = _files(packed)
    manifest, document = manifest_of(files), json.loads(files[SNAPSHOT])
    return [
        f"{len(files) - 1} files, each with the SHA-256 that the manifest names",
        f"snapshot {manifest['snapshot']['ref']}, SHA-256 {manifest['snapshot']['sha256']}",
        f"{len(document['sections'])} sections hashed again",
        f"{len(_levels(document))} risks scored again",
        f"verdict by rule, worked out again: {document['results']['verdict']}",
    ]


def _levels(document: Mapping[str, Any]) -> Mapping[str, Any]:
    levels: Mapping[str, Any] = document["results"]["levels"]
    return levels


def _files(packed: bytes) -> dict[str, bytes]:

    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _of_content(files: Mapping[str, bytes]) -> Iterator[str]:
    content = files[SNAPSHOT]
    if digest(content) != manifest_of(files)["snapshot"]["sha256"]:
        yield f"{SNAPSHOT} is not the snapshot that the manifest names"
        return
    try:
        document = read_document(content)
        yield from _of_sections(document, content)
        state = _state(document)
    except (NotPlain, KeyError, TypeError) as error:
        yield f"{SNAPSHOT} cannot be read by these rules: {error}"
        return
    yield from _of_results(document, state)
    yield from _of_summary(json.loads(files[SUMMARY]), state)
    yield from _of_signatures(json.loads(files[DECISIONS]), document)


def _of_sections(document: Mapping[str, Any], content: bytes) -> Iterator[str]:
    if canonical_bytes(dict(document)) != content:
        yield f"{SNAPSHOT} is not in canonical form"
    again = section_hashes(sections_in(document), policy_in(document))
    for stated, counted in zip(hashes_in(document), again, strict=True):
        if stated != counted:
            yield f"{SNAPSHOT}: the hash of section {stated.name} does not fit its items"


def _state(document: Mapping[str, Any]) -> LaunchState:
    parts = inputs_of(document)
    (state,) = launch_states([parts.inputs], parts.setting)
    return kept_state(state, withheld_on(parts.inputs))


def _of_results(document: Mapping[str, Any], state: LaunchState) -> Iterator[str]:
    again: Any = json.loads(canonical_bytes(results_of(state)))
    for name, stated in document["results"].items():
        if stated != again[name]:
            yield f"{SNAPSHOT}: {name} worked out again differ: {_first(stated, again[name])}"


def _first(stated: Any, again: Any) -> str:
    """Say the first place in which two results differ."""
    if isinstance(stated, dict) and isinstance(again, dict):
        old, new = cast(dict[str, Any], stated), cast(dict[str, Any], again)
        name = next(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))
        return f"{name}: {old.get(name)} is stated, {new.get(name)} comes out"
    return f"{stated!s:.80} is stated, {again!s:.80} comes out"


def _of_summary(summary: Mapping[str, Any], state: LaunchState) -> Iterator[str]:
    stated = summary["verdict"]["gate_result"]
    if stated != state.verdict:
        yield f"{SUMMARY}: the gate result is stated as {stated}, {state.verdict} comes out"
    risks = {risk.ref: risk for risk in state.open_risks}
    for line in summary["risks"]:
        risk = risks.get(line["ref"])
        if risk is None:
            yield f"{SUMMARY}: {line['ref']} is no open risk of the snapshot"
            continue
        for view in View:
            figures = risk.figures(view)
            if not _equal(line[view.value], figures.level.value, figures.harm_score):
                yield f"{SUMMARY}: the {view} figures of {line['ref']} do not come out again"
    missing = risks.keys() - {line["ref"] for line in summary["risks"]}
    for ref in sorted(missing):
        yield f"{SUMMARY}: {ref} of the snapshot is missing"


def _equal(stated: Mapping[str, Any], level: str, harm_score: float | None) -> bool:
    number = stated["harm_score"]
    if stated["level"] != level or (number is None) != (harm_score is None):
        return False
    return number is None or isclose(number, harm_score or 0.0, rel_tol=0.0, abs_tol=_CLOSE)


def _of_signatures(log: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    material = {one.name: one.material for one in hashes_in(document)}
    for signed in _on(log["sign_offs"], log["snapshot"]):
        for name, rested_on in signed["sections"].items():
            if material.get(name) != rested_on:
                yield (
                    f"{DECISIONS}: sign-off {signed['id']} of {signed['person']} rests on another "
                    f"section {name} than the snapshot's"
                )


def _on(signed: Iterable[Mapping[str, Any]], snapshot: str) -> Iterator[Mapping[str, Any]]:
    return (one for one in signed if one["snapshot"] == snapshot)
