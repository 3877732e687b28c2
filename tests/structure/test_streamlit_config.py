"""What Streamlit is told: hidden options still exist, and its texts can be read."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from streamlit import config

from tests.structure.tree import ROOT

FILE = ROOT / ".streamlit" / "config.toml"
CONFIG: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
CAPTION_STRENGTH = 0.6  # Streamlit draws captions at this share of the text colour
READABLE = 4.5  # WCAG 2.2 AA, small text


def options(section: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in section.items():
        if isinstance(value, dict):
            yield from options(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("option", list(options(CONFIG)))
def test_streamlit_knows_each_option(option: str) -> None:
    """Among them runner.postScriptGC, which is hidden and may go in any release."""
    config.get_option(option)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.enableStaticServing", False),
        ("server.enableAgentApi", False),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "viewer"),
        ("runner.postScriptGC", False),
        ("runner.enforceSerializableSessionState", True),
    ],
)
def test_what_keeps_the_register_safe_is_set(option: str, value: object) -> None:
    section, name = option.split(".")
    assert CONFIG[section][name] == value


def test_every_line_that_is_not_the_look_says_why() -> None:
    lines = FILE.read_text(encoding="utf-8").partition("[theme]")[0].splitlines()
    set_at = [number for number, line in enumerate(lines) if " = " in line and line[0] != "#"]
    unexplained = [lines[number] for number in set_at if not lines[number - 1].startswith("#")]
    assert [line for line in unexplained if not line.startswith("port = ")] == []


def channels(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(values: list[float]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: list[float], paper: list[float]) -> float:
    darker, lighter = sorted([luminance(ink), luminance(paper)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
def test_captions_and_links_can_be_read(mode: str, paper: str) -> None:
    theme = CONFIG["theme"][mode]
    text, ground = channels(theme["textColor"]), channels(theme[paper])
    caption = [
        CAPTION_STRENGTH * ink + (1 - CAPTION_STRENGTH) * under
        for ink, under in zip(text, ground, strict=True)
    ]
    assert contrast(caption, ground) >= READABLE
    assert contrast(channels(theme["linkColor"]), ground) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_white_text_of_a_primary_button_can_be_read(mode: str) -> None:
    primary = channels(CONFIG["theme"][mode]["primaryColor"])
    assert contrast([1.0, 1.0, 1.0], primary) >= READABLE
