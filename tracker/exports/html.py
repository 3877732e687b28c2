"""The document as one HTML page: no script, nothing loaded, readable on screen and on paper."""

from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from tracker.domain.report import ReadinessReport
from tracker.exports import outline
from tracker.exports.document import Look, Where
from tracker.exports.escape import BREAK, breakable
from tracker.exports.looks import LOOKS
from tracker.exports.pictures import svg

_TEMPLATE: Final = "summary.html.j2"


def render(report: ReadinessReport) -> bytes:
    """Return the summary as a self-contained HTML page in UTF-8."""
    page = _environment().get_template(_TEMPLATE)
    words = {
        "is_a": _is_a,
        "look": _look,
        "symbol": _symbol,
        "paper": Where.PAPER,
        "runs": _runs,
        "svg": svg,
    }
    return page.render(document=outline.build(report), colours=_colours(), **words).encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tracker.exports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _runs(text: str) -> list[str]:
    """Part text where it may wrap: a tag goes between, which copying does not take along."""
    return breakable(text).split(BREAK)


def _is_a(block: object, kind: str) -> bool:
    return type(block).__name__ == kind


def _look(look: Look) -> str:
    return "look-" + look.lower().replace(" ", "-")


def _symbol(look: Look) -> str:
    return LOOKS[look].symbol


def _colours() -> list[tuple[str, str, str]]:
    return [(_look(word), swatch.fill, swatch.ink) for word, swatch in LOOKS.items()]
