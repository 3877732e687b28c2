"""Taking result files in: choose them, see what was found, say what they cannot know, import."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Safeguards
from tracker.services.act import Act
from tracker.services.evidence import import_evidence
from tracker.services.evidence_files import FilesRead
from tracker.services.evidence_preview import preview_import
from tracker.services.ledger import Ledger
from tracker.ui import messages, tables, uploads
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import importing as view

NAMES: Final = ("configuration", "safeguards", "ran_on", "risks")
WRAPPING: Final = 62
"""Height of a row in pixels, just above that from which Streamlit wraps words: four rem."""

LISTED: Final = 20
"""Refusals and warnings that are listed one by one."""


def draw(here: Here, launch: LaunchState) -> str | None:
    """Offer to import result files; return the references of the new runs once they are in."""
    if not here.may(Action.IMPORT_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        chosen = st.session_state.get(form.key("files")) or []
        files = uploads.read(chosen).whole()
        return import_evidence(here.store, act, launch.launch.key, files, _statement(values))

    form = Form(f"import.{launch.launch.key}", here, work)
    with st.expander("Import results", icon=":material/upload_file:"):
        uploaded = st.file_uploader(
            "Result files of Inspect, lm-evaluation-harness, promptfoo or garak, or a table of "
            "metrics (CSV, XLSX); recognised by what they hold",
            accept_multiple_files=True,
            key=form.key("files"),
        )
        if uploaded:
            _chosen(here, launch, form, uploaded)
        saved = form.finish()
    if saved is not None:
        st.session_state[_kept(launch)] = saved
    return saved


def taken_in(launch: LaunchState, ledger: Ledger) -> list[str]:
    """Say what the last import of this session took in, until it is dismissed.

    Returns:
        The short references of the only runs to be shown; none where all are.
    """
    outcome = st.session_state.get(_kept(launch))
    if not outcome:
        return []
    st.success(plain(view.taken_in(outcome, ledger)), icon=":material/check:")
    with st.container(horizontal=True, vertical_alignment="center"):
        alone = st.toggle("Show only these", key="import.only")
        st.button(
            "Dismiss", key="import.dismiss", type="tertiary", on_click=_dismiss, args=(launch,)
        )
    return view.short_refs(outcome) if alone else []


def _kept(launch: LaunchState) -> str:
    return f"import.taken_in.{launch.launch.key}"


def _dismiss(launch: LaunchState) -> None:
    st.session_state.pop(_kept(launch), None)


def _chosen(here: Here, launch: LaunchState, form: Form, uploaded: Sequence[Any]) -> None:
    read = uploads.read_shown(uploaded)
    _fields(form, launch, view.undated(read.files))
    _preview(here, launch, form, read)


def _fields(form: Form, launch: LaunchState, undated: int) -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            "Configuration that was measured",
            [launch.launch.configuration],
            index=None,
            key=form.key("configuration"),
            accept_new_options=True,
            placeholder="The launch's own; or type another",
        )
        if undated:
            files = "the file" if undated == 1 else f"the {undated} files"
            fields.day(f"Day of the run, for {files} without a date", form.key("ran_on"))
    with right:
        fields.one_of(
            "System safeguards", {str(x): str(x) for x in Safeguards}, form.key("safeguards")
        )
        risks = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in launch.open_risks}
        fields.several_of("Risks that they speak to", risks, form.key("risks"))


def _statement(values: Values) -> ImportStatement:
    return build(ImportStatement, fields.chosen(values, NAMES))


def _preview(here: Here, launch: LaunchState, form: Form, read: FilesRead) -> None:
    values = {name: st.session_state.get(form.key(name)) for name in NAMES}
    with messages.shown():
        found = preview_import(here.store, launch.launch.key, read.files, _statement(values))
        shown = view.import_view(found, read.refused)
        _found(shown)
        if shown.new and not shown.refused:
            label = f"Import {shown.new} {'run' if shown.new == 1 else 'runs'}"
            form.button(label, NAMES, in_form=False)


def _found(shown: view.ImportView) -> None:
    st.markdown(f"**{plain(shown.headline)}**")
    if shown.refused:
        st.error("Nothing is taken in while a file is refused. Take it off the list or mend it.")
        _listed(shown.refused, ":material/block:", "refusals")
    _listed(shown.warnings, ":material/warning:", "warnings")
    if not len(shown.frame):
        return
    tables.show(
        shown.frame,
        {
            "file": tables.text("File", width=200),
            "status": tables.text("Is", width=120),
            "metric": tables.text("Metric", width=190),
            "value": tables.text("Value", width=120),
            "n": tables.number("n"),
            "stderr": tables.number("Std. error", "%.3g"),
            "missing": tables.number("Not scored"),
            "gates": tables.text("Speaks to gates", width=110),
            "model": tables.text("Model", width=280),
            "day": tables.day("Run on"),
            "tool": tables.text("Tool", width=220),
            "task": tables.text("Task", width=170),
            "slice": tables.text("Slice", width=90),
            "flags": tables.text("Flags", width=150),
        },
        key="import.preview",
        name="What was found in the files",
        rows=10,
    )


def _listed(sentences: Sequence[str], icon: str, what: str) -> None:
    lines = [f"{icon} {plain(sentence)}" for sentence in sentences[:LISTED]]
    if len(sentences) > LISTED:
        lines.append(f"… and {len(sentences) - LISTED} further {what}")
    if lines:
        st.caption("  \n".join(lines))
