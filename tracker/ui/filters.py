"""Filters: each keeps its value in the address, so that a link opens what its sender saw."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def text(key: str, placeholder: str, label: str = "Search") -> str:
    """Draw the search field and return what is looked for."""
    return st.text_input(
        label, key=key, bind="query-params", placeholder=placeholder, width=220, max_chars=200
    )


def several(label: str, words: Mapping[str, str], key: str, width: int = 190) -> list[str]:
    """Draw a choice of any number and return the chosen values; none chosen means all.

    Args:
        label: What is chosen.
        words: Value to its words; the address carries the words.
        key: Name of the widget, `page.field`.
        width: In pixels.
    """
    return st.multiselect(
        label,
        list(words),
        key=key,
        format_func=lambda value: words.get(value, value),
        bind="query-params",
        placeholder="All",
        width=width,
    )


def one(
    label: str, words: Mapping[str, str], key: str, width: int = 190, none: str = "All"
) -> str | None:
    """Draw a choice of at most one and return the chosen value.

    Args:
        label: What is chosen.
        words: Value to its words; the address carries the words.
        key: Name of the widget, `page.field`.
        width: In pixels.
        none: What it means that nothing is chosen.
    """
    return st.selectbox(
        label,
        list(words),
        index=None,
        key=key,
        format_func=lambda value: words.get(value, value),
        bind="query-params",
        placeholder=none,
        width=width,
    )


def switch(label: str, key: str) -> bool:
    """Draw a switch and return whether it is on."""
    return st.toggle(label, key=key, bind="query-params")


def row() -> DeltaGenerator:
    """Return the container in which the filters of a page stand side by side."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")
