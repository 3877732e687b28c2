"""Files that are too large, too many-lined or forged: memory stays bounded and nothing hangs."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tests.readers.evidence.archives import members_of, packed
from tests.readers.evidence.big_files import BigLog, Packing, write_inspect_json, write_inspect_log
from tests.readers.evidence.real_files import content_of, read, refusal, the_metric
from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import EvidenceFile
from tracker.readers.evidence import reading
from tracker.readers.evidence.reading import read_evidence

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BIG = BigLog(samples=3_000, correct=2_950)
LOG = "inspect/inspect-0.3.285-refusals.eval"


def read_path(path: Path) -> EvidenceFile:
    with path.open("rb") as source:
        return read_evidence(path.name, source)


def peak_while_reading(path: Path) -> tuple[int, EvidenceFile]:
    """Bytes that Python held at most while the file was read."""
    tracemalloc.start()
    try:
        found = read_path(path)
        return tracemalloc.get_traced_memory()[1], found
    finally:
        tracemalloc.stop()


def assert_is_big(found: EvidenceFile) -> None:
    (run,) = found.runs
    overall = the_metric(run, "refusal/accuracy")
    assert (overall.passed, overall.n) == BIG.rate()
    cbrn = the_metric(run, "refusal/accuracy", "cbrn")
    assert (cbrn.passed, cbrn.n) == BIG.rate("cbrn")


def test_a_large_json_log_is_read_without_holding_it(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    write_inspect_json(path, BIG)
    peak, found = peak_while_reading(path)
    assert_is_big(found)
    assert found.size > 20_000_000
    assert peak < found.size / 4


@pytest.mark.parametrize("packing", list(Packing))
def test_a_large_archive_is_read_without_holding_it(tmp_path: Path, packing: Packing) -> None:
    path = tmp_path / "big.eval"
    write_inspect_log(path, BIG, packing)
    peak, found = peak_while_reading(path)
    assert_is_big(found)
    assert peak < 6_000_000


def test_a_large_log_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    write_inspect_json(path, BIG)
    content = path.read_bytes()
    assert "cut off" in refusal(content[: len(content) // 2]).rows["whole file"]


def test_a_million_lines_are_read() -> None:
    report = content_of("garak/garak-0.17.1-mixed.report.jsonl")
    first, rest = report.split(b"\n", 1)
    long = first + b"\n" + b'{"entry_type": "plugin_cache"}\n' * 1_000_000 + rest
    assert read(long).runs[0].metrics == read(report).runs[0].metrics


class Endless(io.RawIOBase):
    """A file of any size that is never there as a whole."""

    def __init__(self, size: int) -> None:
        self._size, self._at = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        assert whence == io.SEEK_SET
        self._at = offset
        return offset

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count = min(len(memoryview(buffer)), self._size - self._at)
        self._at += count
        return count


def test_a_file_beyond_the_limit_is_refused_while_it_is_hashed() -> None:
    with pytest.raises(ImportRejected, match="is larger than 500,000,000 bytes"):
        read_evidence("endless", io.BufferedReader(Endless(10**15)))


def test_a_file_at_the_limit_is_not_refused_for_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    content = content_of(LOG)
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", len(content))
    assert read(content).size == len(content)
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", len(content) - 1)
    assert "is larger than" in refusal(content).rows["whole file"]


def test_a_bomb_in_the_place_of_a_header_is_refused() -> None:
    bomb = packed({"header.json": b" " * 40_000_000}, zipfile.ZIP_DEFLATED)
    assert "500-fold" in refusal(bomb).rows["member “header.json”"]


def test_a_log_with_a_name_that_leads_out_is_refused_whole() -> None:
    content = packed({**members_of(content_of(LOG)), "../../evil": b"x"})
    assert list(refusal(content).rows) == ["member “../../evil”"]


def forged_files() -> Iterator[tuple[str, bytes]]:
    deep = b'{"version": 2, "eval": ' + b'{"a": ' * 1_000_000
    yield "nested without end", deep
    yield "one list of numbers", b'{"version": 2, "eval": [' + b"1," * 5_000_000 + b"1]}"
    yield "one endless key", b'{"version": 2, "eval": {"' + b"k" * 10_000_000 + b'": 1}}'
    yield (
        "keys under a long key",
        (
            b'{"version": 2, "eval": {"'
            + b"k" * 1_000_000
            + b'": {'
            + b'"a": 1,' * 99_999
            + b'"a":1}}}'
        ),
    )
    yield "one endless number", b'{"version": ' + b"9" * 10_000_000 + b', "eval": {}}'
    yield "one endless line", b'{"entry_type": "init", "x": "' + b"x" * 60_000_000 + b'"}'
    yield "blank", b" " * 50_000_000
    yield (
        "a bomb in a sample",
        packed(
            {"header.json": b"{}", "samples/1_epoch_1.json": bytes(40_000_000)},
            zipfile.ZIP_DEFLATED,
        ),
    )


@pytest.mark.parametrize(("what", "content"), [pytest.param(*f, id=f[0]) for f in forged_files()])
def test_a_forged_file_is_refused_in_little_time_and_memory(what: str, content: bytes) -> None:
    started = perf_counter()
    error = refusal(content)
    assert error.rows, what
    assert perf_counter() - started < 20


def test_utf_16_and_latin_1_are_refused_in_every_format() -> None:
    for name in ("inspect/inspect-0.3.285-refusals.json", "garak/garak-0.10.3.report.jsonl"):
        text = content_of(name).decode()
        assert "UTF-8" in refusal(text.encode("utf-16")).rows["whole file"]
        (place,) = refusal(text.replace("a", "é").encode("latin-1")).rows
        assert place.startswith("byte ")


def test_a_byte_order_mark_does_no_harm() -> None:
    content = content_of("inspect/inspect-0.3.285-refusals.json")
    assert read(b"\xef\xbb\xbf" + content).runs == read(content).runs


def test_the_same_file_twice_is_the_same_twice() -> None:
    content = content_of(LOG)
    assert read(content) == read(BytesIO(content).getvalue())
