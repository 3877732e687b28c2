"""Saving once: a form that survives a double click, an interruption and a restart.

How a page uses it::

    form = save.Form("new_risk", here, work)        # work(values, act) calls one service
    with st.form(form.name, enter_to_submit=False):
        st.text_input("Title", key=form.key("title"))
        form.button("Create risk", ("title",))
    outcome = form.finish()                         # shows what was refused
    if outcome is not None:                         # saved: its reference
        st.switch_page(...)

`work` gets the typed values by field name and an `Act`, builds the draft and calls one service;
it may raise any `HoldpointError` and must not touch Streamlit. The fields keep what was typed when
the save is refused, and are empty again after it.

Why it is built so: a click on anything else stops the running script at its next call of Streamlit.
Hence all values are read first, one service call follows, and its result is put into a plain
dictionary, which is no such call. The button's callback saves even when the page is slow; the
fallback in `finish` saves the first click after a restart, whose callback the new process has never
heard of. The request id makes the service do it once (`streamlit.md` 2.5 of the design).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final, TypeVar
from uuid import uuid4

import pandas as pd
import streamlit as st

from tracker.domain.errors import HoldpointError, InvalidInput, StaleEdit
from tracker.services.act import Act
from tracker.ui import messages, tables
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.compared import NOTHING_DIFFERS

Values = Mapping[str, Any]
Work = Callable[[Values, Act], str]
Comparing = Callable[[Values], pd.DataFrame]
Seen = TypeVar("Seen")

DOUBLE_CLICK_SECONDS: Final = 1.0
"""Within this time after a save, a click on an untouched form is the second of a double click."""


class Form:
    """One form of one page, whose save happens once."""

    def __init__(self, name: str, here: Here, work: Work, reason: str | None = None) -> None:
        """Open the form.

        Args:
            name: Unique among all pages, such as `new_risk`.
            here: Whose acting person does it.
            work: The one service call.
            reason: Name of the field that holds the reason for the act, if the form has one.
        """
        self.name = name
        self._here = here
        self._work = work
        self._reason = reason
        self._fields: tuple[str, ...] = ()
        self._clicked = False
        self._box: dict[str, Any] = st.session_state.setdefault(f"{name}.form", _new_box())
        self._round = self._box["round"]

    def key(self, field: str) -> str:
        """Return the key of the widget that holds a field; it changes after each save."""
        return f"{self.name}.{field}.{self._round}"

    def version(self, present: int) -> int:
        """Return the row version that the person saw when the form opened."""
        return self.seen("version", present)

    def seen(self, name: str, present: Seen) -> Seen:
        """Return what the person saw when the form opened; after a stale edit, what is there."""
        return self._box["seen"].setdefault(name, present)

    def opened(self, present: Seen) -> Seen:
        """Return what the form was opened on; draw its fields from this, and nothing typed is lost.

        While nobody has typed anything, that is what is there now.
        """
        before = self.seen("opened", present)
        if before == present or self._typed():
            return before
        self._box.update(seen={}, round=self._round + 1, stale=False)
        self._round = self._box["round"]
        return self.seen("opened", present)

    def _typed(self) -> bool:
        drawn_in, names = self._box["drawn"] or (self._round, ())
        first = self._box["untouched"] or {}
        held = {name: self.key(name) for name in names if self.key(name) in st.session_state}
        changed = any(st.session_state[key] != first.get(name) for name, key in held.items())
        return drawn_in == self._round and changed

    def look_again(self, name: str) -> None:
        """Take what is there now as seen, once it has been shown."""
        self._box["seen"].pop(name, None)

    def button(self, label: str, fields: Sequence[str], **options: Any) -> bool:
        """Draw the submit button of a form that has these fields.

        Inside `st.form` it submits the form; pass `in_form=False` for a button that stands alone.
        """
        self._fields = tuple(fields)
        draw = st.form_submit_button if options.pop("in_form", True) else st.button
        options = {"type": "primary", "key": f"{self.name}.save", **options}
        self._clicked = draw(label, on_click=self.run, **options)
        if self._box["drawn"] != (self._round, self._fields):
            self._box.update(drawn=(self._round, self._fields), untouched=self._values())
        return self._clicked

    def run(self) -> None:
        """Read the values, do the work once, and keep what came of it."""
        values = self._values()
        if self._box["result"] is None:
            self._box["result"] = self._attempt(values)

    def _values(self) -> dict[str, Any]:
        return {field: st.session_state.get(self.key(field)) for field in self._fields}

    def finish(
        self, present: Mapping[str, str] | None = None, compare: Comparing | None = None
    ) -> str | None:
        """Show what came of the last click, and return the outcome if it was saved.

        Args:
            present: What the register holds now, by label; shown beside a stale edit.
            compare: Makes of the values in the form what differs, by field; shown in place of
                `present` from a stale edit on until something is saved.
        """
        if self._clicked and self._box["result"] is None:
            self.run()
        result, self._box["result"] = self._box["result"], None
        if result is not None and "outcome" in result:
            return str(result["outcome"])
        if result is not None:
            messages.refused(result["what"], result["remedy"], result["fields"])
        if compare is not None and self._box.get("stale"):
            _show_differences(self.name, compare(self._values()))
        elif result is not None and result["stale"] and present:
            _show_present(present)
        return None

    def _attempt(self, values: Values) -> dict[str, Any]:
        box = self._box
        if self._is_second_click(values):
            return {"outcome": box["outcome"]}
        try:
            outcome = self._work(values, self._act(values))
        except HoldpointError as error:
            if isinstance(error, StaleEdit):
                self.look_again("version")
                box["stale"] = True
            return _refusal(error)
        box.update(
            seen={},
            request=uuid4().hex,
            round=self._round + 1,
            saved_at=monotonic(),
            outcome=outcome,
            stale=False,
        )
        return {"outcome": outcome}

    def _is_second_click(self, values: Values) -> bool:
        """Whether a click belongs to the save before it.

        It does if the form was drawn before that save, or if it comes at once and nobody touched
        the fields that were drawn after it; whoever typed something means a save of their own.
        """
        box = self._box
        if self._round != box["round"]:
            return True
        at_once = monotonic() - box["saved_at"] < DOUBLE_CLICK_SECONDS
        return bool(box["saved_at"]) and at_once and values == box["untouched"]

    def _act(self, values: Values) -> Act:
        reason = values.get(self._reason) if self._reason else None
        return Act(
            actor=self._here.acting(),
            at=datetime.now(UTC),
            request_id=self._box["request"],
            reason=str(reason or ""),
        )


def _new_box() -> dict[str, Any]:
    return {
        "request": uuid4().hex,
        "round": 0,
        "result": None,
        "saved_at": 0.0,
        "drawn": None,
        "untouched": None,
        "seen": {},
        "outcome": "",
        "stale": False,
    }


def _refusal(error: HoldpointError) -> dict[str, Any]:
    return {
        "what": error.what,
        "remedy": error.remedy,
        "fields": error.fields if isinstance(error, InvalidInput) else {},
        "stale": isinstance(error, StaleEdit),
    }


def _show_differences(name: str, differences: pd.DataFrame) -> None:
    with st.container(border=True):
        st.markdown("**What differs** (what you typed is kept above; save again once you agree):")
        if not len(differences):
            messages.nothing_here(NOTHING_DIFFERS)
            return
        tables.show(
            differences,
            {
                "field": tables.text("Field"),
                "opened": tables.text("When you opened it"),
                "now": tables.text("Now"),
                "yours": tables.text("Yours"),
                "kept": tables.text("Saving keeps"),
            },
            key=f"{name}.differences",
            name="What differs between the register and this form",
        )


def _show_present(present: Mapping[str, str]) -> None:
    with st.container(border=True):
        st.markdown("**What the register holds now** (your own text is kept above):")
        for label, text in present.items():
            st.caption(plain(label))
            st.text(text)
