"""What people say about an imported run: why it counts, that it is true, what it speaks to."""

import streamlit as st

from tracker.domain.errors import InvalidInput
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.services.act import Act
from tracker.services.evidence import confirm_figures, link_risks, state_equivalence
from tracker.services.ledger import Ledger
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.evidence_run import RunDetail, alike


def equivalence(here: Here, launch: LaunchState, ledger: Ledger, detail: RunDetail) -> str | None:
    """Offer to record why a run about another release counts for this one."""
    if not detail.needs_reason or not here.may(Action.STATE_EQUIVALENCE, launch):
        return None
    if _is_importer(here, detail, "record why it counts"):
        return None
    release = launch.launch.release

    def work(values: Values, act: Act) -> str:
        runs = [detail.run.ref, *(values.get("others") or [])]
        return state_equivalence(here.store, act, runs, form.seen("release", release))

    form = Form(f"run.same.{detail.run.ref}", here, work, reason="reason")
    form.seen("release", release)
    others = alike(detail.run, ledger, here.acting().key)
    with st.expander("Record why it counts", icon=":material/equal:", expanded=True):
        fields.text("Why the result holds for this release all the same", form.key("reason"))
        if others:
            fields.several_of("It holds for these runs too", others, form.key("others"))
        form.button(
            "It counts for this reason", ("reason", "others"), in_form=False, type="secondary"
        )
        return form.finish({"Asked for": ", ".join(release)})


def confirm(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to confirm self-reported figures."""
    if not detail.needs_confirmation or not here.may(Action.CONFIRM_EVIDENCE, launch):
        return None
    if _is_importer(here, detail, "confirm its figures"):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_figures(here.store, act, detail.run.ref)

    form = Form(f"run.confirm.{detail.run.ref}", here, work, reason="reason")
    expanded = not detail.without_n
    with st.expander("Confirm the figures", icon=":material/fact_check:", expanded=expanded):
        fields.text("How you compared them with their source", form.key("reason"))
        form.button("The figures are as printed", ("reason",), in_form=False, type="secondary")
        return form.finish()


def _is_importer(here: Here, detail: RunDetail, what: str) -> bool:
    """Say, to the person who imported the run, that somebody else has to do it."""
    mine = here.acting().key == detail.run.imported_by
    if mine:
        st.caption(
            f":material/group: {plain(f'You imported this run; somebody else has to {what}.')}"
        )
    return mine


def link(here: Here, launch: LaunchState, detail: RunDetail) -> str | None:
    """Offer to say which risks a metric speaks to."""
    if not detail.rows or not here.may(Action.LINK_EVIDENCE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return link_risks(here.store, act, chosen_metric(values), values.get("risks") or [])

    form = Form(f"run.link.{detail.run.ref}", here, work)
    risks = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in launch.open_risks}
    with st.expander("Link to risks", icon=":material/link:"):
        fields.one_of("Metric", detail.every, form.key("metric"), detail.only)
        fields.several_of("Risks that it speaks to", risks, form.key("risks"))
        form.button("Link", ("metric", "risks"), in_form=False, type="secondary")
        return form.finish()


def chosen_metric(values: Values) -> int:
    """Return the id of the metric that was chosen.

    Raises:
        InvalidInput: None was.
    """
    if not values.get("metric"):
        raise InvalidInput({"metric": "is not chosen"})
    return int(values["metric"])
