import hashlib
from io import BytesIO

import pytest

from tests.readers.evidence.real_files import FOLDER, content_of
from tracker.domain.errors import ImportRejected
from tracker.domain.words import EvidenceFormat
from tracker.readers.evidence.reading import READERS, read_evidence

LOG = "inspect/inspect-0.3.285-refusals.eval"


def test_a_file_is_known_by_its_bytes() -> None:
    content = content_of(LOG)
    found = read_evidence("log.eval", BytesIO(content))
    assert found.name == "log.eval"
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    assert found.format is EvidenceFormat.INSPECT_EVAL


def test_its_name_plays_no_part() -> None:
    one, two = (read_evidence(name, BytesIO(content_of(LOG))) for name in ("a.csv", "b.json"))
    assert one.runs == two.runs


def test_it_is_read_from_its_start_wherever_it_stands() -> None:
    with (FOLDER / LOG).open("rb") as source:
        source.seek(100)
        assert read_evidence("log", source).size == len(content_of(LOG))


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(EvidenceFormat)


def test_a_refusal_names_the_file_and_says_that_nothing_was_taken_in() -> None:
    with pytest.raises(ImportRejected) as caught:
        read_evidence("broken.eval", BytesIO(content_of(LOG)[:900]))
    assert "broken.eval, whole file" in str(caught.value)
    assert "Nothing was taken in" in caught.value.remedy


def test_an_empty_file_is_refused_as_such() -> None:
    with pytest.raises(ImportRejected, match="is empty"):
        read_evidence("nothing", BytesIO())
