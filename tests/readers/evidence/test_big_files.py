"""The large files that tests write have the layout of the real ones."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from zstandard import ZstdDecompressor

from tests.readers.evidence.big_files import (
    BigLog,
    Packing,
    garak_counts,
    promptfoo_counts,
    write_garak_report,
    write_inspect_json,
    write_inspect_log,
    write_promptfoo_results,
)
from tests.readers.evidence.zip_members import pack
from tests.structure.tree import ROOT

REAL = ROOT / "tests" / "data" / "evidence"
SMALL = BigLog(samples=60, correct=57, padding=10)


def keys(value: Any, path: str = "") -> set[str]:
    """Every place in a document, list positions left out."""
    if isinstance(value, dict):
        inner = {found for key, part in value.items() for found in keys(part, f"{path}/{key}")}
        return inner | {path}
    if isinstance(value, list):
        return {path} | {found for part in value for found in keys(part, f"{path}[]")}
    return {path}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("packing", [Packing.STORED, Packing.DEFLATED])
def test_an_archive_is_one_that_python_reads(tmp_path: Path, packing: Packing) -> None:
    write_inspect_log(tmp_path / "big.eval", SMALL, packing)
    with zipfile.ZipFile(tmp_path / "big.eval") as archive:
        assert archive.testzip() is None
        assert len(json.loads(archive.read("summaries.json"))) == 60
        header = json.loads(archive.read("header.json"))
    assert header["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 0.95


def test_a_zstandard_archive_lists_the_members_of_a_real_one(tmp_path: Path) -> None:
    write_inspect_log(tmp_path / "big.eval", SMALL, Packing.ZSTANDARD)
    real = zipfile.ZipFile(REAL / "inspect" / "inspect-0.3.285-refusals.eval").infolist()
    big = zipfile.ZipFile(tmp_path / "big.eval").infolist()
    assert {member.compress_type for member in [*real, *big]} == {93}
    pieces = ("samples/", "_journal/summaries/")
    assert {member.filename for member in big if not member.filename.startswith(pieces)} == {
        member.filename for member in real if not member.filename.startswith(pieces)
    }


def test_a_long_member_has_several_frames() -> None:
    content = b"0123456789" * 250_000
    packed = pack(content, Packing.ZSTANDARD)
    reader = ZstdDecompressor().stream_reader(packed, read_across_frames=True)
    assert reader.read(len(content) + 1) == content
    assert len(ZstdDecompressor().decompressobj().decompress(packed)) < len(content)


def test_a_json_log_has_no_place_that_a_real_one_lacks(tmp_path: Path) -> None:
    write_inspect_json(tmp_path / "big.json", SMALL)
    big, real = (
        document(tmp_path / "big.json"),
        document(REAL / "inspect" / "inspect-0.3.285-refusals.json"),
    )
    # A sample holds its summary's facts too, and noise instead of events.
    assert len(big.pop("samples")) == 60
    assert keys(big) - keys(real) == set()


def test_a_garak_report_has_no_place_that_a_real_one_lacks(tmp_path: Path) -> None:
    write_garak_report(tmp_path / "big.jsonl", 1_004)
    big = lines(tmp_path / "big.jsonl")
    real = lines(REAL / "garak" / "garak-0.17.1-repeat.report.jsonl")
    assert len(big) == 1_004
    for kind in {row["entry_type"] for row in big}:
        known = {found for row in real if row["entry_type"] == kind for found in keys(row)}
        mine = {found for row in big if row["entry_type"] == kind for found in keys(row)}
        assert {place for place in mine - known if not place.startswith("/hit_at_k/")} == set()
    assert garak_counts(1_004) == (999, 1_000)


def test_promptfoo_results_have_no_place_that_real_ones_lack(tmp_path: Path) -> None:
    write_promptfoo_results(tmp_path / "big.json", 1_200)
    big = document(tmp_path / "big.json")
    real = document(REAL / "promptfoo" / "promptfoo-0.123.1-grid.json")
    assert keys(big) - keys(real) == set()
    assert len(big["results"]["results"]) == 1_200
    assert promptfoo_counts(1_200)["atlas-2-rc3"] == (586, 12, 2)
