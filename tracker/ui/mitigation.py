"""One mitigation on one launch: what it is, what it does, and what can be done with it."""

import streamlit as st

from tracker.domain.errors import NotFound
from tracker.domain.state import LaunchState
from tracker.ui import badges, messages, state, tables
from tracker.ui.forms import mitigation_forms, mitigation_status
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import mitigations as view

PARAMETER = "mitigation"


def one(here: Here, launch: LaunchState, ref: str) -> None:
    """Draw one mitigation; one that is not on the launch is said in words."""
    st.button(
        "All mitigations of this launch",
        key="mitigation.back",
        icon=":material/chevron_left:",
        type="tertiary",
        on_click=lambda: state.put(PARAMETER, None),
    )
    item = view.find_mitigation(launch, ref)
    if item is None:
        near = [known.mitigation.ref for known in launch.mitigations[:3]]
        messages.stop(NotFound("mitigation on this launch", ref, near))
    detail = view.mitigation_detail(item, launch, here.states())
    st.title(plain(f"{ref} {item.mitigation.title}"), anchor=False)
    _marks(detail)
    saved = [mitigation_forms.edit(here, launch, detail)]
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _about(detail)
        _effects(detail)
        _verifications(detail)
    with right:
        st.header("Status on this launch", anchor=False)
        saved.append(mitigation_status.status(here, launch, detail))
        saved.append(mitigation_status.mandatory(here, launch, detail))
        st.header("Verify", anchor=False)
        saved.append(mitigation_status.verify(here, launch, detail))
    if any(outcome is not None for outcome in saved):
        st.rerun()


def _marks(detail: view.MitigationDetail) -> None:
    item = detail.item
    colour = "green" if item.verified_now else "gray"
    icon = "verified" if item.verified_now else "pending"
    said = [
        f":{colour}-badge[:material/{icon}: counts today: {plain(view.counts_today(item))}]",
        ":orange-badge[:material/priority_high: mandatory]" if item.placement.mandatory else "",
        badges.illustrative_mark() if detail.illustrative else "",
    ]
    st.markdown(" ".join(mark for mark in said if mark))


def _about(detail: view.MitigationDetail) -> None:
    if detail.item.mitigation.summary:
        st.text(detail.item.mitigation.summary)
    tables.facts(tuple(detail.facts.items()), name="Facts of this mitigation")


def _effects(detail: view.MitigationDetail) -> None:
    st.header("What it does to each risk", anchor=False)
    for effect in detail.item.effects:
        if effect.introduces:
            st.warning(
                plain(f"It introduces or worsens {view.short(effect.risk)}."),
                icon=":material/add_circle:",
            )
    if not len(detail.effects):
        messages.nothing_here("It lowers no risk of this launch yet. Edit it and choose some.")
        return
    tables.show(
        detail.effects,
        {
            "risk": tables.text("Risk"),
            "title": tables.text("Title", width=220),
            "does": tables.text("Does"),
            "low": tables.number("Low", "%.0f %%"),
            "best": tables.number("Best", "%.0f %%"),
            "high": tables.number("High", "%.0f %%"),
            "counted": tables.number("Counts today", "%.0f %%"),
            "note": tables.text("Note", width=220),
            "basis": tables.text("Basis", width=300),
        },
        key="mitigation.effects",
        name="Effects of this mitigation on risks",
    )


def _verifications(detail: view.MitigationDetail) -> None:
    st.header("Verifications on this launch", anchor=False)
    if not len(detail.verifications):
        messages.nothing_here("Not verified on this launch: nothing of it counts today.")
        return
    tables.show(
        detail.verifications,
        {
            "on": tables.day("On"),
            "by": tables.text("By"),
            "kind": tables.text("Shown"),
            "risk": tables.text("Risk"),
            "share": tables.number("Share", "%.0f %%"),
            "evidence": tables.text("Evidence", width=300),
            "about": tables.text("About"),
        },
        key="mitigation.verifications",
        name="Verifications of this mitigation",
    )
