"""Withholding the detail of a risk or of evidence from most, and showing it again."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.records import RiskRecord
from tracker.domain.review_words import WithheldClass
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.services.act import Act
from tracker.services.withholding import withhold_risk, withhold_run
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here

_CLASSES: Final = {str(one): str(one) for one in WithheldClass}
Withhold = Callable[[Act, WithheldClass | None], str]


def risk(here: Here, launch: LaunchState, record: RiskRecord) -> str | None:
    """Offer to withhold the detail of a risk, or to show it again."""
    form_name = f"withhold.{record.ref}"

    def save(act: Act, withheld: WithheldClass | None) -> str:
        return withhold_risk(here.store, act, record.ref, withheld, record.version)

    return _draw(here, launch, form_name, record.withheld, save)


def run(here: Here, launch: LaunchState, record: EvidenceRunRecord) -> str | None:
    """Offer to withhold the detail of an imported run, or to show it again."""

    def save(act: Act, withheld: WithheldClass | None) -> str:
        return withhold_run(here.store, act, record.ref, withheld)

    return _draw(here, launch, f"withhold.{record.ref}", record.withheld, save)


def _draw(
    here: Here, launch: LaunchState, name: str, now: WithheldClass | None, save: Withhold
) -> str | None:
    if not here.may(Action.WITHHOLD, launch):
        return None

    def work(values: Values, act: Act) -> str:
        if now is not None:
            return save(act, None)
        fields.require(values, ("withheld",))
        return save(act, WithheldClass(values["withheld"]))

    form = Form(name, here, work, reason="reason")
    label = "Withhold its detail" if now is None else f"Withheld ({now}): show it again"
    with st.expander(label, icon=":material/lock:"):
        st.caption(
            "Others then see its reference, policy area, level and effect on the verdict; every "
            "export prints the class of the reason in place of the detail."
        )
        names = ("reason",) if now else ("withheld", "reason")
        if now is None:
            fields.one_of("Class of the reason", _CLASSES, form.key("withheld"))
        fields.text("Reason; it must not tell the detail", form.key("reason"), height=70)
        form.button(
            "Withhold" if now is None else "Show again", names, in_form=False, type="secondary"
        )
        return form.finish()
