"""One hostile text in every place that people type into, in every format, read back."""

import json
import re
from functools import cache
from xml.etree import ElementTree

import pytest

from tests.exports import reading
from tests.exports.factories import with_hostile_text
from tests.exports.rows import KEY
from tracker.domain.words import ExportFormat
from tracker.exports import escape
from tracker.exports.formats import export

TEXTS = {
    "formula": '=HYPERLINK("http://example.org","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at sign": "@SUM(1)",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "entities": "&lt;script&gt; &amp; \"quoted\" 'quoted'",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "link": "[link](javascript:alert(1)) ![i](http://example.org/i.png) <http://example.org>",
    "typst": '#let x = 1\n#panic("no") $x$ @ref *bold* _em_ <label> `raw` // gone /* gone */',
    "template": "{{ 7 * 7 }} {% raw %} {# gone #}",
    "override": "safe \u202egnp.exe\u202c \u2066iso\u2069",
    "long": "long " * 2_000,
    "unbroken": "x" * 10_000,
    "emoji": "👩\u200d🔬 😀 🏳️\u200d🌈",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u200fmixed",
    "east": "安全 審査 보안",
    "lines": "one\ntwo\r\nthree\u2028four",
    "control": "bell\x07 null\x00 escape\x1b[31m",
}
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@cache
def made(text: str, wanted: ExportFormat) -> bytes:
    return export(with_hostile_text(text), wanted)


@cache
def pdf_pages(text: str) -> list[str]:
    return reading.pdf_pages(made(text, ExportFormat.PDF))


@texts
def test_html_shows_it_and_does_nothing(text: str) -> None:
    page = reading.Page(made(text, ExportFormat.HTML).decode())
    assert {"script", "img", "iframe", "link", "object", "form"}.isdisjoint(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert [value for name, value in page.attributes if name == "href"] == ["#glance"]
    assert escape.plain(text).replace(escape.BREAK, "") in page.text
    assert not set(page.text) & set(OVERRIDES)


@texts
def test_markdown_shows_it_and_does_nothing(text: str) -> None:
    source = made(text, ExportFormat.MARKDOWN).decode()
    page = reading.markdown_page(source)
    assert {"script", "img", "a", "code", "pre"}.isdisjoint(page.tags)
    shown = re.sub("[\u2068\u2069]", "", page.text)
    assert escape.one_line(text) in shown
    assert not re.search("[\u202a-\u202e\u2066\u2067]", source)


def test_markdown_tables_keep_their_shape_whatever_is_typed() -> None:
    shapes = {
        tuple(reading.markdown_page(made(text, ExportFormat.MARKDOWN).decode()).tags)
        for text in TEXTS.values()
    }
    assert len(shapes) == 1


@texts
def test_the_spreadsheet_holds_text_only_no_formula_and_no_link(text: str) -> None:
    book = reading.workbook(made(text, ExportFormat.XLSX))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    typed = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert not [value for value in typed if value.lstrip().startswith(tuple("=+-@"))]
    assert escape.spreadsheet(text) in typed


@texts
def test_every_row_of_the_register_stays_one_line_and_no_field_is_a_formula(text: str) -> None:
    content = made(text, ExportFormat.CSV)
    rows = reading.csv_rows(content)
    assert len(rows) == 5 == content.decode("utf-8-sig").strip().count("\r\n")
    assert {len(row) for row in rows} == {len(rows[0])}
    (hostile,) = [row for row in rows if row["ref"] == f"{KEY}/R-1"]
    assert hostile["title"] == escape.spreadsheet(escape.one_line(text))
    for field in hostile.values():
        assert not field.startswith(tuple("=+@\t\r"))


@texts
def test_json_keeps_it_to_the_letter(text: str) -> None:
    content = made(text, ExportFormat.JSON)
    found = {risk["ref"]: risk["title"] for risk in json.loads(content)["risks"]}
    assert found[f"{KEY}/R-1"] == text
    assert not set(content.decode()) & set(OVERRIDES)


@texts
def test_json_keeps_names_of_files_models_and_metrics_and_reasons_to_the_letter(text: str) -> None:
    found = json.loads(made(text, ExportFormat.JSON))
    run = found["evidence"][0]
    assert {run["file"]["name"], run["file"]["part"], run["model_version"]} == {text}
    assert {run["tool_version"], run["source"]} == {text}
    assert (
        {it["metric"] for it in run["metrics"]} == {it["task"] for it in run["metrics"]} == {text}
    )
    gate = found["gates"][0]
    assert {gate["title"], gate["rationale"], gate["asks"]["metric"]} == {text}
    assert {it["reason"] for it in found["waivers"]} == {text}
    assert {it["rationale"] for it in found["determinations"]} == {text}
    assert found["gates"][6]["withdrawal"]["reason"] == text
    reasons = [it["reason"] for run in found["evidence"][1:] for it in run["equivalences"]]
    assert reasons == [text]


@texts
def test_json_keeps_dissent_answers_and_reasons_of_decisions_to_the_letter(text: str) -> None:
    found = json.loads(made(text, ExportFormat.JSON))["proceedings"]
    (objection,) = [one for one in found["sign_offs"] if one["vote"] == "object"]
    assert {objection["dissent"], objection["would_change"], objection["answer"]} == {text}
    (decision,) = found["decisions"]
    assert {decision["reason"], decision["benefits"], decision["override_reason"]} == {text}
    assert {one["text"] for one in found["conditions"]} == {text}
    (acceptance,) = found["acceptances"]
    assert [acceptance["justification"], *acceptance["fails_if"]] == [text, text]
    assert {one["reason"] for one in found["exposures"]} == {text}


@texts
def test_drawings_stay_drawings_whatever_a_gate_is_called(text: str) -> None:
    source = made(text, ExportFormat.HTML).decode()
    drawings = re.findall(r"<svg.*?</svg>", source, flags=re.DOTALL)
    assert len(drawings) == 3
    for drawing in drawings:
        tags = {
            element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()
        }
        assert tags <= {"svg", "g", "path", "text", "tspan", "rect", "line", "defs", "clipPath"}
        assert not set(drawing) & set(OVERRIDES)


@texts
def test_every_sheet_of_the_evidence_holds_it_as_text(text: str) -> None:
    book = reading.workbook(made(text, ExportFormat.XLSX))
    for name in ("Criteria", "Evidence", "Frontier"):
        values = [cell.value for row in book[name].iter_rows(2) for cell in row]
        assert any(escape.spreadsheet(text)[:50] in str(value) for value in values), name


@texts
def test_the_pdf_prints_it_as_text_and_keeps_its_row(text: str) -> None:
    pages = pdf_pages(text)
    printed = "".join("".join(pages).split())
    assert escape.BREAK not in printed
    assert "R-1" in printed
    assert "R-5Rudeanswers" in printed
    if text.isascii():
        shown = escape.plain(text)[:60]
        assert "".join(shown.split()) in printed


@texts
def test_page_one_of_the_pdf_stays_one_page(text: str) -> None:
    first, second, *_ = pdf_pages(text)
    assert "Not ready" in first
    assert "Audit chain" in first
    assert "Reasons and remedies" in second
