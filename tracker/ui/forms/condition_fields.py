"""Fields of conditions inside another form: as many as somebody wants to raise, up to four."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from tracker.domain.review_drafts import ConditionDraft
from tracker.domain.validation import build
from tracker.ui.forms import fields
from tracker.ui.save import Form
from tracker.ui.session import Here

MOST: Final = 4
_PARTS: Final = ("text", "test", "owner", "due", "blocking")
_BLOCKS: Final = {"blocks": "blocks: nothing goes out before it is met", "later": "does not block"}


def draw(here: Here, form: Form) -> tuple[str, ...]:
    """Draw how many conditions there are and the fields of each; return the fields' names."""
    count = int(
        st.number_input(
            "Conditions to raise", 0, MOST, 0, key=form.key("conditions"), help="Up to four"
        )
    )
    for number in range(count):
        with st.container(border=True):
            _one(here, form, number)
    return tuple(f"{part}{number}" for number in range(count) for part in _PARTS)


def _one(here: Here, form: Form, number: int) -> None:
    fields.text("What has to be so", form.key(f"text{number}"), height=70)
    fields.text("How anybody can tell that it is met", form.key(f"test{number}"), height=70)
    left, middle, right = st.columns(3)
    with left:
        fields.one_of("Owner", fields.persons(here), form.key(f"owner{number}"))
    with middle:
        fields.day("Due", form.key(f"due{number}"))
    with right:
        fields.one_of("Until it is met", _BLOCKS, form.key(f"blocking{number}"))


def entered(values: Mapping[str, Any]) -> tuple[ConditionDraft, ...]:
    """Return the conditions that were filled in.

    Raises:
        InvalidInput: One of them lacks something.
    """
    numbers = sorted(int(name[4:]) for name in values if name.startswith("text"))
    return tuple(_draft(values, number) for number in numbers)


def _draft(values: Mapping[str, Any], number: int) -> ConditionDraft:
    given = {part: values.get(f"{part}{number}") for part in _PARTS}
    given["blocking"] = {"blocks": True, "later": False}.get(str(given["blocking"]))
    return build(ConditionDraft, fields.chosen(given, _PARTS))
