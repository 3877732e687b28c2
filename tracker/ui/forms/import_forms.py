"""Taking result files in: choose them, see what was found, say what they cannot know, import."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import Any, Final

import streamlit as st

from tracker.domain.evidence import ImportStatement
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Safeguards
from tracker.services.act import Act
from tracker.services.evidence import import_evidence
from tracker.services.evidence_files import (
    FilesRead,
    Progress,
    Source,
    no_progress,
    read_files,
)
from tracker.services.evidence_preview import preview_import
from tracker.ui import messages, tables
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import importing as view

NAMES: Final = ("configuration", "safeguards", "ran_on", "risks")
KEPT_CHOICES: Final = 16


def draw(here: Here, launch: LaunchState) -> str | None:
    """Offer to import result files; return the references of the new runs once they are in."""
    if not here.may(Action.IMPORT_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        chosen = st.session_state.get(form.key("files")) or []
        files = _read(chosen).whole()
        return import_evidence(here.store, act, launch.launch.key, files, _statement(values))

    form = Form(f"import.{launch.launch.key}", here, work)
    with st.expander("Import results", icon=":material/upload_file:"):
        uploaded = st.file_uploader(
            "Result files of Inspect, lm-evaluation-harness, promptfoo or garak, or a table of "
            "metrics (CSV, XLSX); recognised by what they hold",
            accept_multiple_files=True,
            key=form.key("files"),
        )
        if not uploaded:
            return form.finish()
        _fields(form, launch)
        _preview(here, launch, form, _read_shown(uploaded))
        saved = form.finish()
    if saved is not None:
        st.toast(plain(f"Taken in: {saved}"), icon=":material/check:")
    return saved


def _fields(form: Form, launch: LaunchState) -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            "Configuration that was measured; left open: the launch's own",
            [launch.launch.configuration],
            index=None,
            key=form.key("configuration"),
            accept_new_options=True,
            placeholder="The launch's own",
        )
        fields.one_of(
            "System safeguards", {str(x): str(x) for x in Safeguards}, form.key("safeguards")
        )
    with right:
        fields.day("Day of the run, for files that have none", form.key("ran_on"))
        risks = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in launch.open_risks}
        fields.several_of("Risks that they speak to", risks, form.key("risks"))


def _statement(values: Values) -> ImportStatement:
    given = fields.chosen(values, NAMES)
    return build(ImportStatement, given)


def _read_shown(uploaded: Sequence[Any]) -> FilesRead:
    """Read the files with a bar that says how far it has come."""
    bar = st.progress(0.0, "Reading …")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Read {done} of {total} files")

    read = _read(uploaded, tell)
    bar.empty()
    return read


def _read(uploaded: Sequence[Any], on_progress: Progress = no_progress) -> FilesRead:
    """Read uploaded files, once per choice; the ids of the uploads tell them apart."""
    shelf = _shelf()
    choice = tuple(file.file_id for file in uploaded)
    if choice not in shelf:
        sources = [Source(file.name, partial(_stream, file)) for file in uploaded]
        shelf[choice] = read_files(sources, on_progress)
        while len(shelf) > KEPT_CHOICES:
            shelf.popitem(last=False)
    return shelf[choice]


def _stream(file: Any) -> BytesIO:
    return BytesIO(file.getbuffer())


@st.cache_resource(show_spinner=False)
def _shelf() -> OrderedDict[tuple[str, ...], FilesRead]:
    """What was read lately, of all who import now; no session could hold it (see config.toml)."""
    return OrderedDict()


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
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in shown.refused[:20]))
    for warning in shown.warnings[:20]:
        st.caption(f":material/warning: {plain(warning)}")
    if len(shown.warnings) > 20:
        st.caption(f"… and {len(shown.warnings) - 20} further warnings")
    if len(shown.frame):
        tables.show(
            shown.frame,
            {
                "file": tables.text("File", width=200),
                "status": tables.text("Is"),
                "tool": tables.text("Tool", width=150),
                "model": tables.text("Model", width=200),
                "day": tables.day("Run on"),
                "task": tables.text("Task", width=140),
                "metric": tables.text("Metric", width=180),
                "slice": tables.text("Slice"),
                "value": tables.text("Value"),
                "stderr": tables.number("Std. error", "%.3g"),
                "n": tables.number("n"),
                "missing": tables.number("Not scored"),
                "flags": tables.text("Flags"),
                "gates": tables.text("Speaks to gates"),
            },
            key="import.preview",
            name="What was found in the files",
            rows=10,
        )
