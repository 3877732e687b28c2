"""Words with a shape and a colour: verdicts, levels and marks, the same on every page."""

import streamlit as st

from tracker.charts.theme import GATES, LEVELS, VERDICTS, Swatch
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import LaunchState
from tracker.domain.words import GateState, Level, Verdict
from tracker.ui.text import plain
from tracker.views.assess import FormingScore
from tracker.views.gates import WORST_FIRST


def verdict(value: Verdict) -> None:
    """Draw a verdict as a badge."""
    st.markdown(verdict_mark(value), width="content")


def standing(launch: LaunchState) -> None:
    """Draw what nobody may overlook: a decision against advice, and exposure without cover."""
    found = launch.standing
    if found is None:
        return
    if found.uncovered:
        st.markdown(":red-badge[:material/gpp_maybe: uncovered]", width="content")
    if found.latest is not None:
        override = ", overrides" if found.latest.is_override else ""
        st.markdown(
            f":blue-badge[:material/gavel: decided: {found.latest.outcome}{override}]",
            width="content",
        )


def verdict_mark(value: Verdict) -> str:
    """Return a verdict as a badge in Markdown."""
    return _badge(value, VERDICTS[value])


def level_mark(value: Level) -> str:
    """Return a level as a badge in Markdown."""
    return _badge(value, LEVELS[value])


def gate_mark(value: GateState) -> str:
    """Return a gate's state as a badge in Markdown."""
    return _badge(value, GATES[value])


def gate_words(value: GateState) -> str:
    """Return a gate's state with its shape, for places without colour, such as a cell."""
    return f"{GATES[value].symbol} {value}"


def gate_legend() -> str:
    """Return every state of a gate with its shape, the worst first as in the cells they count."""
    return ", ".join(gate_words(state) for state in WORST_FIRST)


def level_words(value: Level) -> str:
    """Return a level with its shape, for places without colour, such as a cell."""
    return f"{LEVELS[value].symbol} {value}"


def verdict_words(value: Verdict) -> str:
    """Return a verdict with its shape, for places without colour, such as a cell."""
    return f"{VERDICTS[value].symbol} {value}"


def illustrative_mark() -> str:
    """Return the mark of a judgement that was made up for the demo."""
    return f":gray-badge[:material/science: {ILLUSTRATIVE_LABEL}]"


def score_words(score: FormingScore) -> str:
    """Return a score that is being picked, in Markdown: level and figures first, then the sum."""
    if score.harm_score is None or score.level is None:
        return plain(score.words)
    said = [
        level_mark(score.level),
        f"**Harm score {plain(score.harm_score)}**",
        f"**priority {plain(score.priority)}**" if score.priority else "",
        plain(score.interval),
        plain(score.floor),
        plain(score.words),
    ]
    return " · ".join(words for words in said if words)


def _badge(word: str, look: Swatch) -> str:
    return f":{look.badge}-badge[:material/{look.icon}: {word}]"
