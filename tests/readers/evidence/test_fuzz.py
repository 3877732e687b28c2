"""Every reader meets damaged and forged files: it understands them or refuses them, no third."""

import csv
import json
import random
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.evidence.archives import members_of, repacked
from tests.readers.evidence.real_files import ALL, content_of, name_of, read
from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import EvidenceFile, MetricReading

ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    2**70,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\u202e\x00\ud800",
    "9" * 5000,
    [],
    [[]],
    {},
    {"": None},
    "2026-13-45T99:99",
    "0001-01-01T00:00:00+14:00",
)
"""What no field expects; each takes the place of a real value in turn."""

SMALL = 100_000
"""Files above this many bytes are forged less often: each forgery writes them anew."""


def outcome(content: bytes) -> EvidenceFile | ImportRejected:
    try:
        return read(content)
    except ImportRejected as error:
        return error


def assert_understood_or_refused(content: bytes) -> None:
    found = outcome(content)
    if isinstance(found, EvidenceFile):
        assert_sound(found)
    else:
        assert found.rows, "a refusal names a place"
        assert all(place and problem for place, problem in found.rows.items())


def assert_sound(found: EvidenceFile) -> None:
    assert found.runs
    assert len(found.sha256) == 64
    for run in found.runs:
        assert run.ran_at is None or run.ran_at.utcoffset() is not None
        assert all(text == text.strip() and "\n" not in text for text in (run.model, run.part))
        for metric in run.metrics:
            assert_sound_metric(metric)


def assert_sound_metric(metric: MetricReading) -> None:
    assert 0 < len(metric.task) <= 200
    assert 0 < len(metric.metric) <= 200
    assert metric.value is None or isfinite(metric.value)
    assert metric.stderr is None or (isfinite(metric.stderr) and metric.stderr >= 0)
    assert metric.errored >= 0
    if metric.passed is not None and metric.failed is not None:
        assert metric.passed + metric.failed == metric.n
        assert min(metric.passed, metric.failed) >= 0


@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_and_nothing_else_happens(content: bytes) -> None:
    assert_understood_or_refused(content)


@given(st.text(max_size=500), st.sampled_from(["{", "[", "PK\x03\x04", "---\n", "metric,value\n"]))
def test_random_text_behind_a_known_start_is_refused_too(text: str, start: str) -> None:
    assert_understood_or_refused((start + text).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_real_file_cut_off_anywhere(path: Path) -> None:
    content = path.read_bytes()
    for end in range(0, len(content), max(len(content) // 30, 1)):
        assert_understood_or_refused(content[:end])


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_real_file_with_flipped_bits(path: Path) -> None:
    content = path.read_bytes()
    chance = random.Random(path.name)
    for _ in range(20):
        assert_understood_or_refused(flipped(content, chance))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_real_file_with_forged_values(path: Path) -> None:
    content = path.read_bytes()
    chance = random.Random(path.name)
    for _ in range(25 if len(content) < SMALL else 5):
        assert_understood_or_refused(forged(path.suffix, content, chance))


def forged(suffix: str, content: bytes, chance: random.Random) -> bytes:
    """The same file with one value in it exchanged for an odd one, or left out."""
    if suffix == ".eval":
        return forged_archive(content, chance)
    if suffix == ".jsonl":
        lines = content.splitlines()
        at = chance.randrange(len(lines))
        lines[at] = forged_json(lines[at], chance)
        return b"\n".join(lines)
    if suffix == ".json":
        return forged_json(content, chance)
    return forged_text(content, chance)


def forged_json(content: bytes, chance: random.Random) -> bytes:
    document = json.loads(content)
    places = list(places_in(document, 0)) or [(0, lambda _odd: None)]
    # Most of what a reader looks at is shallow: draw there twice as often as anywhere.
    shallow = [place for place in places if place[0] < 4]
    _, place = chance.choice(shallow if chance.random() < 0.7 else places)
    place(chance.choice(ODD_VALUES))
    return json.dumps(document).encode()


def places_in(value: Any, depth: int) -> Iterator[tuple[int, Callable[[Any], None]]]:
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in list(keys):
        yield depth, lambda odd, key=key: value.__setitem__(key, odd)
        if isinstance(value, dict):
            yield depth, lambda _odd, key=key: value.pop(key)
        yield from places_in(value[key], depth + 1)


def forged_archive(content: bytes, chance: random.Random) -> bytes:
    return repacked(
        content,
        chance.choice(("header.json", "header.json", "summaries.json", "reductions.json")),
        lambda member: forged_json(member, chance),
    )


def forged_text(content: bytes, chance: random.Random) -> bytes:
    words = content.split(b",")
    words[chance.randrange(len(words))] = str(chance.choice(ODD_VALUES)).encode("utf-8", "replace")
    return b",".join(words)


TABLE = (
    ("run", "tool", "model", "date", "task", "metric", "value", "n", "passed", "failed", "better"),
    (
        "r1",
        "card",
        "atlas-2-rc3",
        "2026-11-01",
        "refusals",
        "rate",
        "0.95",
        "60",
        "57",
        "3",
        "higher",
    ),
    ("r1", "card", "atlas-2-rc3", "2026-11-01", "refusals", "harm", "0.5 %", "60", "", "", "lower"),
    ("r2", "card", "atlas-2-rc2", "", "refusals", "rate", "> 0.9", "", "", "", ""),
)


def table_with(odd: object, row: int, column: int) -> list[list[str]]:
    rows = [list(cells) for cells in TABLE]
    rows[row][column] = "" if odd is None else str(odd)
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    target = StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("utf-8", "replace")


def as_workbook(rows: list[list[str]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell.encode("utf-8", "replace").decode())
    return target.getvalue()


@pytest.mark.parametrize("odd", ODD_VALUES, ids=lambda odd: repr(odd)[:20])
def test_a_table_with_an_odd_cell(odd: object) -> None:
    for row in range(len(TABLE)):
        for column in range(len(TABLE[0])):
            assert_understood_or_refused(as_csv(table_with(odd, row, column)))
        assert_understood_or_refused(as_workbook(table_with(odd, row, row)))


def test_a_workbook_that_was_damaged() -> None:
    content = as_workbook(table_with("r1", 1, 0))
    chance = random.Random(1)
    names = [name for name in members_of(content) if name.endswith((".xml", ".rels"))]
    for _ in range(60):
        name = chance.choice(names)
        assert_understood_or_refused(repacked(content, name, lambda inner: flipped(inner, chance)))
        assert_understood_or_refused(content[: chance.randrange(len(content))])


def flipped(content: bytes, chance: random.Random) -> bytes:
    """The same bytes with one to fifty bits turned over."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 5, 50))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def test_the_forgeries_do_reach_the_readers() -> None:
    """Guards the tests above: among the forgeries are both understood files and refused ones."""
    content = content_of("lm_eval/lm-eval-0.4.13-candidate-results.json")
    chance = random.Random(1)
    outcomes = {type(outcome(forged_json(content, chance))) for _ in range(60)}
    assert outcomes == {EvidenceFile, ImportRejected}
