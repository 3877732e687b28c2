"""What people say about an imported run: why it counts, that it is true, that it is taken back."""

import streamlit as st

from tracker.domain.errors import InvalidInput
from tracker.domain.evidence import CorrectionDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import CorrectionKind
from tracker.services.act import Act
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import confirm_figures, link_risks, state_equivalence
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.views.evidence import RunDetail


def equivalence(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to record why a run about another release counts for this one."""
    if not detail.needs_reason or not here.may(Action.STATE_EQUIVALENCE, launch):
        return None
    release = launch.launch.release

    def work(_values: Values, act: Act) -> str:
        return state_equivalence(here.store, act, [detail.run.ref], form.seen("release", release))

    form = Form(f"run.same.{detail.run.ref}", here, work, reason="reason")
    form.seen("release", release)
    with st.expander("Record why it counts", icon=":material/equal:", expanded=True):
        fields.text("Why the result holds for this release all the same", form.key("reason"))
        form.button("It counts for this reason", ("reason",), in_form=False, type="secondary")
        return form.finish({"Asked for": ", ".join(release)})


def confirm(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to confirm self-reported figures."""
    if not detail.needs_confirmation or not here.may(Action.CONFIRM_EVIDENCE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_figures(here.store, act, detail.run.ref)

    form = Form(f"run.confirm.{detail.run.ref}", here, work, reason="reason")
    with st.expander("Confirm the figures", icon=":material/fact_check:", expanded=True):
        fields.text("How you compared them with their source", form.key("reason"))
        form.button("The figures are as printed", ("reason",), in_form=False, type="secondary")
        return form.finish()


def link(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to say which risks a metric speaks to."""
    if not detail.rows or not here.may(Action.LINK_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return link_risks(here.store, act, _chosen(values), values.get("risks") or [])

    form = Form(f"run.link.{detail.run.ref}", here, work)
    risks = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in launch.open_risks}
    with st.expander("Link to risks", icon=":material/link:"):
        fields.one_of("Metric", _words(detail), form.key("metric"))
        fields.several_of("Risks that it speaks to", risks, form.key("risks"))
        form.button("Link", ("metric", "risks"), in_form=False, type="secondary")
        return form.finish()


def correct(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to withdraw one metric, or to say that it belongs elsewhere."""
    if not detail.rows or not here.may(Action.CORRECT_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, ("kind", "reason", "task", "target"))
        if "target" in given:
            given["metric"] = given.pop("target")
        draft = build(CorrectionDraft, {name: value for name, value in given.items() if value})
        return correct_evidence(here.store, act, _chosen(values), draft)

    form = Form(f"run.correct.{detail.run.ref}", here, work)
    with st.expander("Withdraw or re-map a metric", icon=":material/undo:"):
        st.caption(
            "For good. Its slot, and the one that it is moved to, stay inconclusive until a newer "
            "run; taking evidence back never makes a verdict better."
        )
        fields.one_of("Metric", _words(detail), form.key("metric"))
        kind = fields.one_of("It is", {str(x): str(x) for x in CorrectionKind}, form.key("kind"))
        names: tuple[str, ...] = ("metric", "kind", "reason")
        if kind == str(CorrectionKind.REMAPPED):
            fields.title("Task that it belongs to", form.key("task"))
            fields.title("Metric that it belongs to", form.key("target"))
            names = (*names, "task", "target")
        fields.text("Why", form.key("reason"), height=70)
        form.button("Take it back", names, in_form=False, type="secondary")
        return form.finish()


def withdraw(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to withdraw the whole run."""
    if not detail.rows or not here.may(Action.CORRECT_EVIDENCE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return withdraw_run(here.store, act, detail.run.ref, act.reason)

    form = Form(f"run.withdraw.{detail.run.ref}", here, work, reason="reason")
    with st.expander("Withdraw the whole run", icon=":material/delete_history:"):
        fields.text("Why", form.key("reason"), height=70)
        form.button("Withdraw the run", ("reason",), in_form=False, type="secondary")
        return form.finish()


def _words(detail: RunDetail) -> dict[str, str]:
    return {
        str(row.evidence.id): ", ".join(
            part for part in (row.evidence.task, row.evidence.metric, row.evidence.slice) if part
        )
        for row in detail.rows
    }


def _chosen(values: Values) -> int:
    if not values.get("metric"):
        raise InvalidInput({"metric": "is not chosen"})
    return int(values["metric"])
