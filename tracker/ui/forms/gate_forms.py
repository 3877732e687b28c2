"""Writing a launch criterion, from a template or by hand, and tightening one."""

import streamlit as st

from tracker.domain.gate_drafts import GateChange, GateDraft
from tracker.domain.gate_state import GateStatus
from tracker.domain.gate_templates import GateTemplate
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import GateCoverage, GateKind
from tracker.readers.gate_templates import packaged_gate_templates
from tracker.readiness.gate_words import threshold_words
from tracker.services.act import Act
from tracker.services.gates import create_gate, edit_gate
from tracker.ui.forms import fields, gate_fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import gate_draft

EDITED = (
    *("title", "rationale", "threshold", "coverage"),
    *("confidence", "min_n", "max_age_days", "margin"),
)


def new(here: Here, launch: LaunchState) -> str | None:
    """Offer to write a gate on this launch; return its reference once it is saved."""
    if not here.may(Action.WRITE_GATE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        draft = build(GateDraft, gate_fields.entered(values))
        return create_gate(here.store, act, launch.launch.key, draft)

    form = Form(f"gate.new.{launch.launch.key}", here, work)
    with st.expander("New gate", icon=":material/add:"):
        _template(form, launch)
        names = gate_fields.draw(here, launch, form)
        form.button("Write gate", names, in_form=False)
        return form.finish()


def _template(form: Form, launch: LaunchState) -> None:
    known = {template.key: template for template in packaged_gate_templates()}
    areas = {status.area.code: status.area.name for status in launch.areas}
    words = {
        key: f"{template.title} ({', '.join(areas.get(code, code) for code in template.areas)})"
        for key, template in known.items()
    }
    chosen = fields.one_of("From a template, if you like", words, form.key("template"))
    if chosen is None:
        return
    template = known[chosen]
    st.button(
        "Fill the fields from it",
        key=f"{form.name}.fill",
        icon=":material/content_paste_go:",
        on_click=gate_fields.prefill,
        args=(form, template, launch),
    )
    _about(template)


def _asks(template: GateTemplate) -> str:
    limits = [
        f"threshold {gate_draft.template_threshold(template)} ({template.direction})"
        if template.threshold is not None
        else "",
        f"n at least {template.min_n:,}" if template.min_n else "",
        f"no worse than a baseline run by {template.margin:g}" if template.margin else "",
        f"at most {template.max_age_days} days old",
        "must pass" if template.must_pass else "advisory",
    ]
    return "; ".join(limit for limit in limits if limit)


def _about(template: GateTemplate) -> None:
    if template.metric:
        st.caption(plain(f"To measure: {template.metric}."))
    if template.statement:
        st.caption(plain(f"To attest: {template.statement}"))
    st.caption(plain(f"It fills in: {_asks(template)}."))
    st.caption(
        "The threshold is a starting point of your own organisation; no publisher set it. "
        "Published figures, as context:"
    )
    for example in template.examples:
        st.caption(plain(f"– {example.figure} ({example.source})"))


def edit(here: Here, launch: LaunchState, status: GateStatus) -> str | None:
    """Offer to reword a gate or to make it stricter; never looser."""
    gate = status.gate
    if gate.withdrawn or not here.may(Action.WRITE_GATE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, EDITED)
        if "confidence" in given:
            given["confidence"] = float(given["confidence"])
        if values.get("must_pass"):
            given["must_pass"] = True
        change = build(GateChange, given)
        return edit_gate(here.store, act, gate.ref, change, form.version(gate.version))

    form = Form(f"gate.edit.{gate.ref}", here, work, reason="reason")
    form.version(gate.version)
    with st.expander("Edit or tighten", icon=":material/edit:"):
        st.caption(NEVER_LOOSER)
        names = _edit_fields(form, status)
        fields.title("Reason, if any", form.key("reason"))
        form.button("Save changes", (*names, "reason"), in_form=False, type="secondary")
        present = {
            "Title": gate.title,
            "Threshold": threshold_words(gate, status.definition),
            "Why it is asked": gate.rationale,
        }
        return form.finish(present)


NEVER_LOOSER = (
    "A gate can be made stricter, never looser. To loosen one, withdraw it with a second person "
    "and write a new one; once evidence exists, ask for a waiver."
)


def _edit_fields(form: Form, status: GateStatus) -> tuple[str, ...]:
    gate = status.gate
    fields.title("What it asks", form.key("title"), gate.title)
    fields.text("Why it is asked", form.key("rationale"), gate.rationale, height=70)
    gate_fields.whole("Oldest run or word, in days", form.key("max_age_days"), gate.max_age_days)
    names: tuple[str, ...] = ("title", "rationale", "max_age_days")
    if gate.kind is GateKind.MEASURED:
        gate_fields.number("Threshold", form.key("threshold"), gate.threshold)
        gate_fields.whole("Least number of prompts or scenarios", form.key("min_n"), gate.min_n)
        words = {str(one): str(one) for one in GateCoverage}
        fields.one_of("Over", words, form.key("coverage"), str(gate.coverage))
        level = f"{gate.confidence:g}"
        fields.one_of("Confidence, one-sided", gate_fields.LEVELS, form.key("confidence"), level)
        names = (*names, "threshold", "min_n", "coverage", "confidence")
        if gate.margin is not None:
            gate_fields.number(f"Margin against {gate.baseline}", form.key("margin"), gate.margin)
            names = (*names, "margin")
        if status.definition is not None:
            gate_fields.show_hint(form, status.definition, gate)
    if not gate.must_pass:
        st.checkbox("From now on it must pass", key=form.key("must_pass"))
        names = (*names, "must_pass")
    return names
