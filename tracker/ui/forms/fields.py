"""Fields that several forms have: people, days, shares, texts; each starts empty."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from tracker.domain.errors import InvalidInput
from tracker.domain.words import Role
from tracker.ui.session import Here
from tracker.ui.text import isolated, shortened

CHOOSE = "Choose one"


def title(label: str, key: str, present: str = "") -> None:
    """Draw a field of one line."""
    st.text_input(label, present, key=key)


def text(label: str, key: str, present: str = "", height: int = 100) -> None:
    """Draw a field of several lines."""
    st.text_area(label, present, key=key, height=height)


def one_of(label: str, words: Mapping[str, str], key: str, present: str | None = None) -> Any:
    """Draw a choice of one that starts empty, or at what the register holds."""
    options = list(words)
    return st.selectbox(
        label,
        options,
        index=options.index(present) if present is not None and present in words else None,
        key=key,
        format_func=lambda option: isolated(shortened(words[option], 90)),
        placeholder=CHOOSE,
    )


def several_of(
    label: str, words: Mapping[str, str], key: str, present: Sequence[str] = ()
) -> list[str]:
    """Draw a choice of any number that starts empty, or at what the register holds."""
    return st.multiselect(
        label,
        list(words),
        default=[option for option in present if option in words],
        key=key,
        format_func=lambda option: isolated(shortened(words[option], 90)),
        placeholder="Choose any number",
    )


def day(label: str, key: str, present: date | None = None) -> None:
    """Draw a day that starts empty, or at what the register holds."""
    st.date_input(label, present, key=key, format="YYYY-MM-DD")


def amount(label: str, key: str, present: float | None = None, most: float = 10_000.0) -> None:
    """Draw a number that starts empty, or at what the register holds."""
    st.number_input(label, 0.0, most, present, format="%g", key=key, placeholder="empty")


def chosen(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the choices that were made; one left open is missing, not a choice of nothing."""
    return {name: values[name] for name in names if values.get(name) is not None}


def require(values: Mapping[str, Any], names: Sequence[str]) -> None:
    """Refuse a choice that was left open: nothing starts with a default.

    Raises:
        InvalidInput: Naming each field that is empty.
    """
    left = {name: "is not chosen" for name in names if values.get(name) is None}
    if left:
        raise InvalidInput(left)


def persons(here: Here, roles: Collection[Role] = ()) -> dict[str, str]:
    """Return the active people by key, those with one of the roles where any is named."""
    return {
        person.key: person.name
        for person in sorted(here.people.values(), key=lambda person: person.name)
        if person.active and (not roles or person.roles & set(roles))
    }
