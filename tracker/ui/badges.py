"""Words with a shape and a colour: verdicts, levels and marks, the same on every page."""

import streamlit as st

from tracker.charts.theme import LEVELS, VERDICTS, Swatch
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.words import Level, Verdict


def verdict(value: Verdict) -> None:
    """Draw a verdict as a badge."""
    st.markdown(verdict_mark(value), width="content")


def verdict_mark(value: Verdict) -> str:
    """Return a verdict as a badge in Markdown."""
    return _badge(value, VERDICTS[value])


def level_mark(value: Level) -> str:
    """Return a level as a badge in Markdown."""
    return _badge(value, LEVELS[value])


def level_words(value: Level) -> str:
    """Return a level with its shape, for places without colour, such as a cell."""
    return f"{LEVELS[value].symbol} {value}"


def verdict_words(value: Verdict) -> str:
    """Return a verdict with its shape, for places without colour, such as a cell."""
    return f"{VERDICTS[value].symbol} {value}"


def illustrative_mark() -> str:
    """Return the mark of a judgement that was made up for the demo."""
    return f":gray-badge[:material/science: {ILLUSTRATIVE_LABEL}]"


def _badge(word: str, look: Swatch) -> str:
    return f":{look.badge}-badge[:material/{look.icon}: {word}]"
