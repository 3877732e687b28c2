import itertools
import re
from functools import cache

from tests.exports.factories import a_report
from tests.exports.reading import Page
from tracker.charts import theme
from tracker.domain.words import Level
from tracker.exports import html


@cache
def source() -> str:
    return html.render(a_report()).decode()


def test_the_page_names_its_language_and_has_landmarks() -> None:
    page = Page(source())
    assert ("lang", "en") in page.attributes
    assert {"header", "main", "footer", "h1"} <= set(page.tags)
    assert page.tags.count("main") == page.tags.count("h1") == 1


def test_the_page_allows_nothing_but_its_own_style() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source())
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "<script" not in source()


def test_the_page_loads_nothing_from_elsewhere() -> None:
    addresses = set(re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?([^\"')\s>]+)", source()))
    assert addresses == {"#glance"}


def test_every_table_has_a_caption_and_headers_with_a_scope() -> None:
    page = Page(source())
    assert page.tags.count("caption") == page.tags.count("table")
    assert page.attributes.count(("scope", "col")) == page.tags.count("th")


def test_pictures_are_drawn_in_the_page_and_said_in_words() -> None:
    assert source().count("<svg") == 3
    labels = re.findall(r'role="img" aria-label="([^"]+)"', source())
    assert "1 UNASSESSED" in labels[0]
    assert "G-2 No worse than Aurora 1: failed" in labels[1]
    assert "UNASSESSED outside the grid" in labels[2]


def test_pictures_take_the_colour_of_the_text_in_both_themes() -> None:
    drawings = "".join(re.findall(r"<svg.*?</svg>", source(), flags=re.DOTALL))
    assert "currentColor" in drawings
    assert 'fill="white"' not in drawings
    assert "@media (prefers-color-scheme: dark)" in source()


def test_headings_skip_no_level() -> None:
    levels = [int(tag[1]) for tag in Page(source()).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_unassessed_has_a_look_of_its_own_with_the_word_in_it() -> None:
    unknown = theme.LEVELS[Level.UNASSESSED]
    rule = f".badge.look-unassessed, .headline > .look-unassessed {{ background: {unknown.fill};"
    assert rule in source()
    badges = re.findall(r'class="badge look-unassessed">(.*?)</span> (\w+)</span>', source())
    assert badges
    assert {word for _, word in badges} == {"UNASSESSED"}


def test_identity_and_the_audit_chain_are_on_the_page() -> None:
    text = Page(source()).text
    assert "identity not authenticated" in text
    assert f"2 records, head {2:064x}" in text
