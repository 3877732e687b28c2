"""What the documents name exists: links, commands, settings, files and words."""

import re
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.docs.pages import PAGES, named, text_of
from tests.docs.pages import name as name_of
from tests.structure.tree import ROOT
from tracker.cli.app import app
from tracker.domain import review_words, words
from tracker.settings import Settings

LONGEST_README = 150
ENUMS = {
    name: kind
    for module in (words, review_words)
    for name, kind in getmembers(module, isclass)
    if issubclass(kind, StrEnum) and kind.__module__ == module.__name__
}


def group() -> TyperGroup:
    found = get_command(app)
    assert isinstance(found, TyperGroup)
    return found


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.*)$", text_of(page))
    plain = [re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = text_of(page)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src(?:set)?="([^"]+)"', text)
    lost = []
    for target in targets:
        path, _, anchor = target.partition("#")
        if ":" in path:
            continue
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(target)
    assert lost == []


def test_every_command_that_is_named_exists() -> None:
    known = set(group().commands) | {"--version", "--help"}
    used = named(r"(?:`|bin/|: |    )holdpoint ([a-z-]+)")
    assert used
    assert {(page, command) for page, command in used if command not in known} == set()


def test_every_option_that_an_example_uses_exists() -> None:
    for _page, example in named(r"(?m)^ {4}\S*holdpoint (.*?)(?: +#.*)?$"):
        name, *rest = example.split()
        command = group().commands[name]
        if isinstance(command, TyperGroup):
            command = command.commands[rest.pop(0)]
        flags = {flag for param in command.params for flag in param.opts}
        assert {part for part in rest if part.startswith("-")} <= flags


def test_every_make_target_that_is_named_exists() -> None:
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    used = named(r"(?:`|    )(?:\w+=\S+ )?make ([a-z-]+)")
    assert used
    assert {(page, target) for page, target in used if target not in targets} == set()


def test_every_setting_that_is_named_exists_and_every_setting_is_named() -> None:
    known = {f"HOLDPOINT_{field.upper()}" for field in Settings.model_fields}
    used = named(r"(HOLDPOINT_[A-Z_]+)")
    assert {(page, setting) for page, setting in used if setting not in known} == set()
    assert {setting for page, setting in used if page == "docs/cli.md"} == known


def test_every_file_that_is_named_in_full_exists() -> None:
    used = named(r"`((?:tracker|tests|data|docs|tools|bench)/[\w./-]+\.\w+)`")
    assert used
    assert {(page, path) for page, path in used if not (ROOT / path).exists()} == set()


def test_every_place_in_the_architecture_exists() -> None:
    rooms = text_of(ROOT / "docs" / "architecture.md")
    paths = re.findall(r"`((?:[a-z]+/)+[\w.]*)`", rooms)
    assert len(paths) > 20
    places = [ROOT, ROOT / "tracker"]
    assert [path for path in paths if not any((place / path).exists() for place in places)] == []


def test_the_readme_is_short_and_shows_the_product_in_light_and_dark() -> None:
    text = text_of(ROOT / "README.md")
    assert len(text.splitlines()) <= LONGEST_README
    assert "(prefers-color-scheme: dark)" in text


@pytest.mark.parametrize("enum", ENUMS)
def test_the_glossary_names_every_word_of_the_code(enum: str) -> None:
    assert f"`{enum}`" in text_of(ROOT / "docs" / "glossary.md")


@pytest.mark.parametrize(
    "enum", [enum for enum in ENUMS if enum not in ("ReasonCode", "InboxKind")]
)
def test_the_glossary_lists_every_value_of_a_word(enum: str) -> None:
    lines = text_of(ROOT / "docs" / "glossary.md").splitlines()
    row = next(line for line in lines if line.startswith("|") and f"`{enum}`" in line).lower()
    values = [str(value).replace("_", " ").lower() for value in ENUMS[enum]]
    assert [value for value in values if value not in row] == []


def test_every_decision_is_listed_and_has_the_parts_of_the_template() -> None:
    folder = ROOT / "docs" / "decisions"
    template = re.findall(r"(?m)^## .*$", text_of(folder / "template.md"))
    listed = text_of(folder / "README.md")
    decisions = sorted(folder.glob("[0-9]*.md"))
    assert [page.name[:4] for page in decisions] == [
        f"{number:04}" for number in range(1, len(decisions) + 1)
    ]
    for page in decisions:
        assert f"({page.name})" in listed
        assert re.findall(r"(?m)^## .*$", text_of(page)) == template
        assert text_of(page).startswith(f"# {page.name[:4]}: ")
