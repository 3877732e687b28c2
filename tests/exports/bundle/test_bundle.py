"""The readiness bundle: made of a real snapshot, checked offline, and faulted by name."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special as scipy_special

from tests.conftest import opened
from tracker.domain.records import Actor
from tracker.exports.bundle.archive import MANIFEST, archive, digest, pack, problems_of
from tracker.exports.bundle.contents import EVIDENCE, README, VERIFIER, bundled
from tracker.exports.bundle.standalone import band, special
from tracker.exports.bundle.standalone.checking import DECISIONS, SNAPSHOT, SUMMARY, problems
from tracker.exports.bundle.verifier import verifier
from tracker.scoring.band import bands
from tracker.services.demo import create_demo_register
from tracker.services.exporting import snapshot_to_bundle
from tracker.services.people import people
from tracker.services.reports import Reader

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DECIDED = "dall-e-2-2022-04"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bundle of the demo's decided DALL·E 2."""
    url = f"sqlite:///{tmp_path_factory.mktemp('bundle') / 'demo.db'}"
    create_demo_register(url, AT.date(), AT)
    with opened(url) as store:
        reader = Reader(Actor(people(store)["auditor"]), AT.date(), AT)
        report, document = snapshot_to_bundle(store, reader, DECIDED)
    return bundled(report, document)[0]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened_zip:
        return {name: opened_zip.read(name) for name in opened_zip.namelist()}


def test_it_holds_every_format_snapshot_decisions_evidence_and_verifier(packed: bytes) -> None:
    names = set(unpacked(packed))
    formats = {f"summary.{ending}" for ending in ("pdf", "html", "md", "xlsx", "csv", "json")}
    assert names == {MANIFEST, SNAPSHOT, DECISIONS, EVIDENCE, README, VERIFIER} | formats


def test_the_verifier_runs_without_the_package_and_without_any_library(
    packed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "bundle.zip").write_bytes(packed)
    (tmp_path / VERIFIER).write_bytes(unpacked(packed)[VERIFIER])
    command = [sys.executable, "-I", "-S", VERIFIER, "bundle.zip"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "VERIFIED"), done.stderr
    assert "worked out again: Not ready" in done.stdout


def test_the_verifier_fails_a_changed_bundle_by_name(packed: bytes, tmp_path: Path) -> None:
    files = unpacked(packed)
    files[DECISIONS] = files[DECISIONS].replace(b"go with conditions", b"go without any doubt")
    (tmp_path / "bundle.zip").write_bytes(archive(files))
    (tmp_path / VERIFIER).write_bytes(files[VERIFIER])
    command = [sys.executable, "-I", "-S", VERIFIER, "bundle.zip"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{DECISIONS} was changed" in done.stdout


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_is_found(packed: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(packed) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = bytearray(packed)
    changed[place] ^= flip
    assert problems_of(bytes(changed)) != []


def test_a_changed_byte_of_each_file_names_that_file(packed: bytes) -> None:
    files = unpacked(packed)
    for name, content in files.items():
        altered = {**files, name: content[:-1] + bytes([content[-1] ^ 1])}
        assert any(name in problem for problem in problems_of(archive(altered)))


def test_a_missing_and_a_foreign_file_are_named(packed: bytes) -> None:
    files = unpacked(packed)
    without = {name: content for name, content in files.items() if name != EVIDENCE}
    assert problems_of(archive(without)) == [f"{EVIDENCE} is missing"]
    assert problems_of(archive(files | {"more.txt": b"x"})) == ["more.txt is not of this bundle"]


def repacked(packed: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same bundle with a false file, its manifest made anew around it."""
    files = unpacked(packed)
    assert old in files[name]
    files[name] = files[name].replace(old, new)
    manifest = files.pop(MANIFEST)
    about = {key: it for key, it in json.loads(manifest).items() if key not in ("files", "seal")}
    if name == SNAPSHOT:
        about["snapshot"] = {**about["snapshot"], "sha256": digest(files[SNAPSHOT])}
    return pack(files, about)


def test_a_false_score_is_found_even_where_every_hash_was_made_anew(packed: bytes) -> None:
    summary = unpacked(packed)[SUMMARY]
    verdict = b'"gate_result": "Not ready"'
    assert verdict in summary
    found = problems(repacked(packed, SUMMARY, verdict, b'"gate_result": "Ready"'))
    assert found == [f"{SUMMARY}: the gate result is stated as Ready, Not ready comes out"]


def test_a_false_result_in_the_snapshot_is_found_even_where_every_hash_was_made_anew(
    packed: bytes,
) -> None:
    forged = repacked(packed, SNAPSHOT, b'"verdict":"Not ready"', b'"verdict":"Ready"')
    assert any("verdict worked out again differ" in problem for problem in problems(forged))


def test_equal_content_gives_equal_bytes(packed: bytes) -> None:
    assert archive(unpacked(packed)) == packed
    assert verifier() == verifier()


@given(n=st.integers(1, 3000), part=st.floats(0, 1), chance=st.sampled_from([0.01, 0.05, 0.1]))
def test_bounds_by_the_binomial_tail_are_those_of_scipy(n: int, part: float, chance: float) -> None:
    counted = max(1, round(part * n))
    ours = special.betaincinv(counted, n - counted + 1, chance)
    theirs = float(scipy_special.betaincinv(counted, n - counted + 1, chance))
    assert ours == pytest.approx(theirs, rel=1e-9)
    tail = float(scipy_special.betainc(counted, n - counted + 1, theirs))
    assert special.betainc(counted, n - counted + 1, theirs) == pytest.approx(tail, abs=1e-9)


@given(
    st.lists(
        st.tuples(st.floats(0, 9), st.sampled_from([0.25, 0.5, 1.0, 1.5])), min_size=1, max_size=5
    )
)
def test_bands_without_arrays_are_those_of_the_product(rows: list[tuple[float, float]]) -> None:
    scores, widths = [[mean for mean, _ in rows]], [[width for _, width in rows]]
    for ours, theirs in zip(band.bands(scores, widths)[0], bands(scores, widths)[0], strict=True):
        assert ours == pytest.approx(theirs, abs=1e-8)
