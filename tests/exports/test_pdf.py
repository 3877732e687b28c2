from collections.abc import Iterator
from functools import cache
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from tests.exports.factories import a_report
from tracker.exports import pdf


@cache
def reader() -> PdfReader:
    return PdfReader(BytesIO(pdf.render(a_report())))


def pages() -> list[str]:
    return [page.extract_text() for page in reader().pages]


def test_page_one_answers_the_question_of_the_launch() -> None:
    first = pages()[0]
    for said in (
        "Aurora 2",
        "Not ready",
        "Not yet recorded",
        "Why:",
        "What would change it:",
        "What blocks the launch",
        "1 UNASSESSED",
        "identity not authenticated",
        "illustrative judgement",
        f"head {2:064x}",
    ):
        assert said in first, said


def test_every_page_is_numbered_and_says_what_it_is_about() -> None:
    count = len(pages())
    for number, text in enumerate(pages(), start=1):
        assert f"Page {number} of {count}" in text
        assert "audit chain 2 · 000000000000" in text
    assert all("Aurora 2" in text and "Not ready" in text for text in pages()[1:])


def test_the_only_date_in_the_file_is_that_of_the_report() -> None:
    metadata = reader().metadata
    assert metadata is not None
    assert metadata.title == "Aurora 2"
    assert metadata.creation_date is not None
    assert metadata.creation_date.isoformat() == "2026-11-20T09:30:00+00:00"


def test_the_file_is_tagged_and_its_pictures_are_said_in_words() -> None:
    root = reader().root_object
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    said = [text for text in alternatives(root["/StructTreeRoot"]) if "UNASSESSED" in text]
    assert len(said) == 2


def alternatives(node: object) -> Iterator[str]:
    """The alternative texts in a tree of tags."""
    found = node.get_object() if isinstance(node, PdfObject) else node
    if isinstance(found, DictionaryObject):
        if "/Alt" in found:
            yield str(found["/Alt"])
        yield from alternatives(found.get("/K"))
    if isinstance(found, list):
        for child in found:
            yield from alternatives(child)


def test_text_can_be_copied_without_hidden_characters() -> None:
    assert not [text for text in pages() if "\u200b" in text or "\ufffd" in text]
