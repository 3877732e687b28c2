"""Taking evidence back: one metric of a run withdrawn or moved, or the whole run withdrawn."""

from collections.abc import Sequence

import streamlit as st

from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import CorrectionKind
from tracker.services.act import Act
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.ui.forms import fields
from tracker.ui.forms.evidence_forms import chosen_metric
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.views.evidence_run import RunDetail

Places = tuple[Sequence[str], Sequence[str]]
"""Tasks and metrics that evidence may be moved to; others can be typed."""


def correct(here: Here, launch: LaunchState, detail: RunDetail, places: Places) -> str | None:
    """Offer to withdraw one metric, or to say that it belongs elsewhere."""
    if not detail.left or not here.may(Action.CORRECT_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return correct_evidence(here.store, act, chosen_metric(values), _draft(values))

    form = Form(f"run.correct.{detail.run.ref}", here, work)
    with st.expander("Withdraw or re-map a metric", icon=":material/undo:"):
        st.caption(
            "For good. Its slot, and the one that it is moved to, stay inconclusive until a newer "
            "run; taking evidence back never makes a verdict better."
        )
        fields.one_of("Metric", detail.left, form.key("metric"), detail.only)
        kind = fields.one_of("It is", {str(x): str(x) for x in CorrectionKind}, form.key("kind"))
        names: tuple[str, ...] = ("metric", "kind", "reason")
        if kind == str(CorrectionKind.REMAPPED):
            _place("Task that it belongs to", form.key("task"), places[0])
            _place("Metric that it belongs to", form.key("target"), places[1])
            names = (*names, "task", "target")
        fields.text("Why it is taken back", form.key("reason"), height=70)
        form.button("Take it back", names, in_form=False, type="secondary")
        return form.finish()


def _draft(values: Values) -> CorrectionDraft:
    given = {"kind": values.get("kind"), "reason": values.get("reason")}
    given |= {"task": values.get("task"), "metric": values.get("target")}
    return build(CorrectionDraft, {name: value for name, value in given.items() if value})


def _place(label: str, key: str, known: Sequence[str]) -> None:
    st.selectbox(
        label,
        known,
        index=None,
        key=key,
        accept_new_options=True,
        placeholder="Choose or type",
    )


def withdraw(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to withdraw the whole run."""
    if not detail.left or not here.may(Action.CORRECT_EVIDENCE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return withdraw_run(here.store, act, detail.run.ref, act.reason)

    form = Form(f"run.withdraw.{detail.run.ref}", here, work, reason="reason")
    with st.expander("Withdraw the whole run", icon=":material/delete_history:"):
        fields.text("Why the run is withdrawn", form.key("reason"), height=70)
        form.button("Withdraw the run", ("reason",), in_form=False, type="secondary")
        return form.finish()
