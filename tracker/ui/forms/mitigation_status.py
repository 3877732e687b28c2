"""The way of a mitigation on one launch: status, mandatory mark, verification."""

from collections.abc import Callable

import streamlit as st

from tracker.domain.drafts import VerificationDraft
from tracker.domain.errors import InvalidInput, StaleEdit
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import MitigationStatus, VerificationKind
from tracker.services.act import Act
from tracker.services.mandatory import (
    ask_release,
    confirm_release,
    mark_mandatory,
    withdraw_release,
)
from tracker.services.mitigations import change_status
from tracker.services.verification import Looked, verify_mitigation
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.mitigations import MitigationDetail, short

Marking = Callable[..., str]
VERIFIABLE = (MitigationStatus.IMPLEMENTED, MitigationStatus.VERIFIED)


def status(here: Here, launch: LaunchState, detail: MitigationDetail) -> str | None:
    """Offer the statuses that may follow, and no others."""
    ref, placement = detail.item.mitigation.ref, detail.item.placement
    if not here.may(Action.EDIT_MITIGATION, launch):
        return None

    def work(values: Values, act: Act) -> str:
        if not values.get("status"):
            raise InvalidInput({"status": "is not chosen"})
        wanted = MitigationStatus(values["status"])
        version = form.version(placement.version)
        return change_status(here.store, act, ref, placement.launch, wanted, version)

    form = Form(f"mitigation.status.{ref}.{placement.launch}", here, work, reason="reason")
    form.version(placement.version)
    with st.form(form.name, enter_to_submit=False):
        words = {str(after): str(after) for after in detail.next_statuses}
        fields.one_of(f"Status, now “{placement.status}”", words, form.key("status"))
        st.text_input("Reason, if any", key=form.key("reason"))
        form.button("Change status", ("status", "reason"), type="secondary")
        return form.finish({"Status": str(placement.status)})


def mandatory(here: Here, launch: LaunchState, detail: MitigationDetail) -> str | None:
    """Offer to set the mandatory mark, or to take it away with a reason and a second person."""
    placement = detail.item.placement
    if placement.release_asked_by is None:
        if not here.may(Action.SET_MANDATORY, launch):
            return None
        return _ask_release(here, detail) if placement.mandatory else _mark(here, detail)
    asker = launch.person_name(placement.release_asked_by)
    st.warning(
        plain(
            f"{asker} asked to take the mandatory mark away: {placement.release_reason} "
            "It stays until a second person who is not the launch owner confirms."
        ),
        icon=":material/how_to_reg:",
    )
    saved = [
        _confirm_release(here, detail) if here.may(Action.CONFIRM_RELEASE, launch) else None,
        _withdraw_release(here, detail) if here.may(Action.SET_MANDATORY, launch) else None,
    ]
    return next((outcome for outcome in saved if outcome is not None), None)


def _mark(here: Here, detail: MitigationDetail) -> str | None:
    return _mark_form(here, detail, "mandatory", mark_mandatory, "Mark as mandatory", "if any")


def _ask_release(here: Here, detail: MitigationDetail) -> str | None:
    label = "Ask to take the mandatory mark away"
    return _mark_form(here, detail, "release", ask_release, label, "required")


def _confirm_release(here: Here, detail: MitigationDetail) -> str | None:
    label = "Confirm that the mandatory mark goes"
    return _mark_form(here, detail, "released", confirm_release, label, "if any")


def _withdraw_release(here: Here, detail: MitigationDetail) -> str | None:
    label = "Keep the mandatory mark"
    return _mark_form(here, detail, "kept", withdraw_release, label, "if any")


def _mark_form(
    here: Here, detail: MitigationDetail, name: str, service: Marking, label: str, needed: str
) -> str | None:
    """Draw one step of the mandatory mark: a reason and a button."""
    ref, placement = detail.item.mitigation.ref, detail.item.placement

    def work(_values: Values, act: Act) -> str:
        return service(here.store, act, ref, placement.launch, form.version(placement.version))

    form = Form(f"mitigation.{name}.{ref}.{placement.launch}", here, work, reason="reason")
    form.version(placement.version)
    with st.form(form.name, enter_to_submit=False):
        st.text_input(f"Reason, {needed}", key=form.key("reason"))
        form.button(label, ("reason",), type="secondary")
        return form.finish({"Mandatory": "yes" if placement.mandatory else "no"})


def verify(here: Here, launch: LaunchState, detail: MitigationDetail) -> str | None:
    """Offer to verify a mitigation that is implemented, to those who may."""
    item = detail.item
    st.caption(detail.who_verifies)
    if item.placement.status not in VERIFIABLE:
        st.caption("Only an implemented mitigation can be verified.")
        return None
    if not here.may(Action.VERIFY_MITIGATION, launch):
        return None
    form = Form(
        f"mitigation.verify.{item.mitigation.ref}.{item.placement.launch}",
        here,
        lambda values, act: _verify(here, launch, detail, form, values, act),
    )
    form.version(item.placement.version)
    form.seen("release", launch.launch.release)
    names = _verification_fields(form, detail)
    form.button("Verify", names, in_form=False, type="secondary", icon=":material/verified:")
    return form.finish(
        {
            "Status": str(item.placement.status),
            "Asked for": ", ".join(launch.launch.release),
        }
    )


def _verify(
    here: Here,
    launch: LaunchState,
    detail: MitigationDetail,
    form: Form,
    values: Values,
    act: Act,
) -> str:
    placement = detail.item.placement
    given = {
        **fields.chosen(values, ("kind",)),
        "evidence": values.get("evidence") or "",
        "shares": [
            {"risk": ref, "share": percent / 100}
            for ref in lowered(detail)
            if (percent := values.get(f"share {ref}")) is not None
        ],
    }
    looked = Looked(form.version(placement.version), form.seen("release", launch.launch.release))
    draft = build(VerificationDraft, given)
    try:
        return verify_mitigation(
            here.store, act, placement.mitigation, placement.launch, draft, looked
        )
    except StaleEdit:
        form.look_again("release")
        raise


def _verification_fields(form: Form, detail: MitigationDetail) -> tuple[str, ...]:
    kind = st.radio(
        "What was shown",
        [str(kind) for kind in VerificationKind],
        index=None,
        key=form.key("kind"),
        format_func=lambda kind: KINDS[VerificationKind(kind)],
    )
    st.text_area(
        "Evidence: what was looked at, where it is, what it showed",
        key=form.key("evidence"),
        height=80,
    )
    measured = lowered(detail) if kind == VerificationKind.EFFECT_MEASURED else ()
    for ref in measured:
        label = f"Share removed of {short(ref)}, in per cent, no more than the evidence bears"
        fields.amount(label, form.key(f"share {ref}"), most=99.9)
    return ("kind", "evidence", *(f"share {ref}" for ref in measured))


KINDS = {
    VerificationKind.IN_PLACE: "**In place** · it is there; the low estimate counts",
    VerificationKind.EFFECT_MEASURED: "**Effect measured** · the shares stated below count",
}


def lowered(detail: MitigationDetail) -> tuple[str, ...]:
    """Return the risks of the launch that the mitigation lowers."""
    return tuple(effect.risk for effect in detail.item.effects if not effect.introduces)
