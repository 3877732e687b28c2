"""The documents of the project, and what they name."""

import re
from pathlib import Path

from tests.structure.tree import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def name(page: Path) -> str:
    """Path of a page below the root."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """Text of a page."""
    return page.read_text(encoding="utf-8")


def named(pattern: str) -> set[tuple[str, str]]:
    """What every page names by a pattern with one group: page and name."""
    return {(name(page), found) for page in PAGES for found in re.findall(pattern, text_of(page))}


def tables(text: str) -> list[list[list[str]]]:
    """Every Markdown table of a page as rows of cells, heading first."""
    blocks = re.findall(r"(?m)(?:^\|.*\|\n)+", text)
    rows = [[line for line in block.splitlines() if set(line) - set("|- ")] for block in blocks]
    return [
        [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
        for lines in rows
    ]
