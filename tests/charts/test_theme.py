from itertools import combinations

import pandas as pd
import pytest

from tracker.charts import theme
from tracker.domain.words import ASSESSED_LEVELS, GateState, Level, Verdict

SWATCHES = [*theme.LEVELS.items(), *theme.VERDICTS.items(), *theme.GATES.items()]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag_for_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("word", "swatch"), SWATCHES)
def test_every_word_can_be_read_on_its_fill(word: str, swatch: theme.Swatch) -> None:
    assert contrast(swatch.ink, swatch.fill) >= 4.5, word


def test_every_level_and_verdict_has_its_look() -> None:
    assert set(theme.LEVELS) == set(Level)
    assert set(theme.VERDICTS) == set(Verdict)
    assert set(theme.WORST_FIRST) == set(Level)
    assert set(theme.GATES) == set(GateState)


@pytest.mark.parametrize("attribute", ["fill", "letter", "icon", "symbol"])
def test_no_two_levels_share_a_mark(attribute: str) -> None:
    marks = [getattr(swatch, attribute) for swatch in theme.LEVELS.values()]
    assert len(set(marks)) == len(marks)


def test_luminance_falls_as_the_level_rises() -> None:
    lights = [luminance(theme.LEVELS[level].fill) for level in ASSESSED_LEVELS]
    assert lights == sorted(lights, reverse=True)


def test_unassessed_looks_neither_low_nor_green() -> None:
    unknown = theme.LEVELS[Level.UNASSESSED]
    red, green, blue = (int(unknown.fill[i : i + 2], 16) for i in (1, 3, 5))
    assert green <= max(red, blue)
    for low in (Level.LOW, Level.VERY_LOW):
        assert contrast(unknown.fill, theme.LEVELS[low].fill) >= 3
        assert unknown.badge != theme.LEVELS[low].badge
    assert theme.WORST_FIRST[0] is Level.UNASSESSED


def test_green_is_for_ready_and_passed_alone() -> None:
    green = [word for word, swatch in SWATCHES if swatch.badge == "green"]
    assert green == [Verdict.READY, GateState.PASSED]


@pytest.mark.parametrize("attribute", ["fill", "letter", "icon", "symbol", "badge"])
def test_no_two_gate_states_share_a_mark(attribute: str) -> None:
    marks = [getattr(swatch, attribute) for swatch in theme.GATES.values()]
    assert len(set(marks)) == len(marks)


def test_verdicts_can_be_told_apart_without_colour() -> None:
    for one, other in combinations(theme.VERDICTS.values(), 2):
        assert {one.symbol, one.icon, one.letter}.isdisjoint(
            {other.symbol, other.icon, other.letter}
        )


def test_a_picture_takes_the_colour_of_the_text_around_it() -> None:
    spec = {"mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    config = theme.picture(spec, pd.DataFrame({"a": [1]})).to_dict()["config"]
    assert config["axis"]["labelColor"] == "currentColor"
    assert config["background"] == "transparent"


@pytest.mark.parametrize(("word", "swatch"), SWATCHES)
def test_every_shape_is_one_that_common_fonts_draw(word: str, swatch: theme.Swatch) -> None:
    """Arrows to geometric shapes, and dingbats; what lies beyond often shows as an empty box."""
    (shape,) = swatch.symbol
    common = (range(0x20, 0x80), range(0x2190, 0x2600), range(0x2700, 0x27C0))
    assert any(ord(shape) in block for block in common), word
