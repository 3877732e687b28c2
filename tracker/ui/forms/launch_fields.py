"""The fields of a launch, and the draft that they make."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from tracker.domain.drafts import LaunchDraft
from tracker.domain.records import LaunchRecord
from tracker.domain.validation import build
from tracker.domain.words import ExposureStage, ReviewStatus, Role
from tracker.ui.forms import fields
from tracker.ui.save import Form
from tracker.ui.session import Here
from tracker.views.keys import suggested_key
from tracker.views.launch_form import next_review_statuses

HOLDERS = ("owner", "responsible_officer", "approver")
TEXTS = ("name", "summary", "developer", "model_version", "configuration", "surfaces")
NEW = (*TEXTS, "key", "exposure_asked", "exposure_now", "target_date", *HOLDERS)
CHANGED = (*TEXTS, "exposure_asked", "target_date", "review_status", "reason")


def draw_new(here: Here, form: Form, taken: Collection[str]) -> None:
    """Draw every field of a new launch; all start empty."""
    _texts(form, None)
    with st.grid(4, min_column_width=200):
        _stage("Exposure asked for", form.key("exposure_asked"), asks=True)
        _stage("Exposure now", form.key("exposure_now"), asks=False)
        fields.day("Target date", form.key("target_date"))
        _key(form, taken)
    st.markdown("**Roles on this launch**; one person holds at most one of them.")
    with st.grid(3, min_column_width=220):
        fields.one_of("Launch owner", fields.persons(here), form.key("owner"))
        fields.one_of("Responsible officer", fields.persons(here), form.key("responsible_officer"))
        fields.one_of("Approver", fields.persons(here, {Role.APPROVER}), form.key("approver"))


def _key(form: Form, taken: Collection[str]) -> None:
    name = st.session_state.get(form.key("name")) or ""
    target = st.session_state.get(form.key("target_date"))
    st.text_input(
        "Key, for links and commands",
        key=form.key("key"),
        placeholder=suggested_key(name, taken, target) or "suggested from the name",
        help="Left empty, the suggested key is taken. A key never changes.",
    )


def draw_change(form: Form, present: LaunchRecord) -> None:
    """Draw what may change on a launch, as the register holds it."""
    _texts(form, present)
    after = next_review_statuses(present.review_status)
    with st.grid(3, min_column_width=200):
        _stage("Exposure asked for", form.key("exposure_asked"), True, present.exposure_asked)
        fields.day("Target date", form.key("target_date"), present.target_date)
        fields.one_of(
            f"Review status, now “{present.review_status}”",
            {str(status): str(status) for status in ReviewStatus if status in after},
            form.key("review_status"),
        )


def _texts(form: Form, present: LaunchRecord | None) -> None:
    def was(field: str) -> str:
        return str(getattr(present, field)) if present else ""

    fields.title("Name", form.key("name"), was("name"))
    with st.grid(3, min_column_width=220):
        for label, field in (("Developer", "developer"), ("Model version", "model_version")):
            st.text_input(label, was(field), key=form.key(field))
        fields.title("Configuration", form.key("configuration"), was("configuration"))
    with st.grid(2, min_column_width=300):
        fields.text("What it is", form.key("summary"), was("summary"), height=80)
        fields.text("Surfaces: where people meet it", form.key("surfaces"), was("surfaces"), 80)


def _stage(label: str, key: str, asks: bool, present: ExposureStage | None = None) -> None:
    stages = [stage for stage in ExposureStage if not (asks and stage is ExposureStage.NONE)]
    fields.one_of(label, {str(s): str(s) for s in stages}, key, str(present) if present else None)


def draft(values: Mapping[str, Any], taken: Collection[str]) -> LaunchDraft:
    """Make a launch of what was typed; an empty key becomes the suggested one.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    typed = entered(values, NEW)
    name, target = values.get("name") or "", values.get("target_date")
    return build(
        LaunchDraft, typed | {"key": values.get("key") or suggested_key(name, taken, target)}
    )


def entered(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return what was typed or chosen; texts may be empty, choices left open are left out."""
    texts = {name: values.get(name) or "" for name in TEXTS if name in names}
    chosen = {name: values.get(name) for name in names if name not in (*TEXTS, "key", "reason")}
    return texts | {name: value for name, value in chosen.items() if value is not None}
