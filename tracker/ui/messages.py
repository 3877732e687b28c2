"""What people are told: each error becomes words here, and nowhere else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from tracker.domain.errors import HoldpointError, InvalidInput
from tracker.ui.text import plain


@contextmanager
def shown() -> Iterator[None]:
    """Show an error of Holdpoint in words instead of raising it; anything else goes on."""
    try:
        yield
    except HoldpointError as error:
        show(error)


def show(error: HoldpointError) -> None:
    """Show what happened, each field that is wrong, and what to do next."""
    fields = error.fields if isinstance(error, InvalidInput) else {}
    refused(error.what, error.remedy, fields)


def refused(what: str, remedy: str = "", fields: Mapping[str, str] | None = None) -> None:
    """Show a refusal: its fields as a list where there are any, else the sentence."""
    said = [_listed(fields) if fields else plain(what), plain(remedy)]
    st.error("\n\n".join(line for line in said if line), icon=":material/error:")


def stop(error: HoldpointError) -> NoReturn:
    """Show why a page cannot be drawn, and draw no more of it."""
    show(error)
    st.stop()


def nothing_here(words: str) -> None:
    """Show the words for an empty state: what to do, not merely that there is nothing."""
    with st.container(border=True):
        st.markdown(f":material/inbox: {plain(words)}")


def unexpected(reference: str) -> None:
    """Show that something broke, with the reference under which the log has the details."""
    st.error(
        f"Something unexpected happened. The log has the details under "
        f"reference **{reference}**. Reload the page; if it happens again, report the reference.",
        icon=":material/report:",
    )


def _listed(fields: Mapping[str, str]) -> str:
    lines = [f"- **{plain(_words(field))}** {plain(problem)}" for field, problem in fields.items()]
    return "Not saved:\n\n" + "\n".join(lines)


def _words(field: str) -> str:
    return field.replace("_", " ").replace(".", ", ").capitalize()
