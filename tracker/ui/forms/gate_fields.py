"""Fields of a launch criterion: what it reads, what it asks, how strictly; all start empty."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_templates import GateTemplate
from tracker.domain.gates import GateRecord
from tracker.domain.state import LaunchState
from tracker.domain.words import GateCoverage, GateKind
from tracker.readers.gate_templates import packaged_gate_templates
from tracker.readiness.readings import Bar
from tracker.ui import navigation, state
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import gate_draft

COMMON: Final = ("title", "area", "kind", "must_pass", "max_age_days", "rationale")
MEASURED: Final = (
    *("definition", "task", "configuration", "threshold", "coverage"),
    *("confidence", "min_n", "baseline", "margin"),
)
ATTESTED: Final = ("statement",)
STRICTNESS: Final = ("threshold", "confidence", "min_n")
_SEPARATOR: Final = "\N{UNIT SEPARATOR}"
_WEIGHTS: Final = {"must": "must pass: it holds the launch", "advisory": "advisory: only listed"}
LEVELS: Final = {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}


def prefill(form: Form, template: GateTemplate, launch: LaunchState) -> None:
    """Put what a template says into the fields of a new gate; each can still be changed."""
    given = {
        "title": template.title,
        "area": template.areas[0],
        "kind": str(template.kind),
        "must_pass": "must" if template.must_pass else "advisory",
        "max_age_days": template.max_age_days,
        "rationale": template.rationale,
        "threshold": template.threshold,
        "coverage": str(template.coverage),
        "confidence": f"{template.confidence:g}",
        "min_n": template.min_n,
        "margin": template.margin,
        "configuration": launch.launch.configuration,
        "statement": template.statement,
    }
    for name, value in given.items():
        st.session_state[form.key(name)] = value


def draw(here: Here, launch: LaunchState, form: Form) -> tuple[str, ...]:
    """Draw the fields of a new gate and return the names of those shown."""
    areas = {status.area.code: status.area.name for status in launch.areas}
    left, right = st.columns(2)
    with left:
        fields.title("What it asks, in a few words", form.key("title"))
        fields.one_of("Policy area", areas, form.key("area"))
        kind = fields.one_of("Kind", _kinds(), form.key("kind"))
    with right:
        fields.one_of("Weight", _WEIGHTS, form.key("must_pass"))
        whole("Oldest run or word, in days", form.key("max_age_days"))
        fields.text("Why it is asked", form.key("rationale"), height=70)
    if kind == str(GateKind.MEASURED):
        _measured(here, launch, form)
        return (*COMMON, *MEASURED)
    if kind == str(GateKind.ATTESTED):
        fields.text("What a named person has to attest", form.key("statement"), height=70)
        return (*COMMON, *ATTESTED)
    return COMMON


def _kinds() -> dict[str, str]:
    return {
        str(GateKind.MEASURED): "measured: a metric against a threshold",
        str(GateKind.ATTESTED): "attested: a named person's word on a document",
    }


def _measured(here: Here, launch: LaunchState, form: Form) -> None:
    known = {_key(one): metric_words(one) for one in here.definitions()}
    waiting = {_SEPARATOR.join(pair): _waiting_words(pair) for pair in undefined(here, launch)}
    left, right = st.columns(2)
    with left:
        chosen = fields.one_of("Metric", known | waiting, form.key("definition"))
        _choice("Task", form.key("task"), tasks(here, launch, chosen))
        _choice("Configuration", form.key("configuration"), [launch.launch.configuration])
        number("Threshold, in the metric's own scale", form.key("threshold"))
    with right:
        fields.one_of("Over", {str(x): str(x) for x in GateCoverage}, form.key("coverage"))
        fields.one_of("Confidence, one-sided", LEVELS, form.key("confidence"))
        whole("Least number of prompts or scenarios", form.key("min_n"))
        _choice("No worse than this run, if any", form.key("baseline"), baselines(here, launch))
        number("Margin against it, in the metric's scale", form.key("margin"))
    if chosen in waiting or not known:
        _say_it_first(launch)
    definition = next((one for one in here.definitions() if _key(one) == chosen), None)
    if definition is not None:
        _template_warning(form, definition)
        show_hint(form, definition)


def _say_it_first(launch: LaunchState) -> None:
    st.warning(
        "Nobody has said yet which way this metric is good, and a gate cannot read it until "
        "somebody does. It is asked once for all launches, on the page of the evidence."
    )
    st.page_link(
        navigation.path("evidence"),
        label="Say which way it is good",
        icon=":material/swap_vert:",
        query_params={state.LAUNCH_PARAMETER: launch.launch.key},
    )


def _template_warning(form: Form, definition: MetricDefinitionRecord) -> None:
    chosen = st.session_state.get(form.key("template"))
    template = next((one for one in packaged_gate_templates() if one.key == chosen), None)
    said = gate_draft.unlike(template, definition) if template else ""
    if said:
        st.warning(plain(said))


def show_hint(
    form: Form, definition: MetricDefinitionRecord, gate: GateRecord | None = None
) -> None:
    """Say what the threshold in the fields asks for, while it is typed.

    Args:
        form: With the fields threshold, confidence and least n.
        definition: Of the metric that is read.
        gate: What counts where a field is not shown; None for a new gate.
    """
    given = {name: st.session_state.get(form.key(name)) for name in STRICTNESS}
    level = given["confidence"] or (f"{gate.confidence:g}" if gate else None)
    if given["threshold"] is None or level is None:
        return
    bar = Bar(given["threshold"], definition, float(level), given["min_n"])
    said = gate_draft.hint(bar)
    st.caption(plain(" ".join(part for part in (said.asks, said.takes) if part)))
    if said.never:
        st.warning(plain(said.never))


def undefined(here: Here, launch: LaunchState) -> list[tuple[str, str]]:
    """Return tool and metric of what the launch has and of which nobody said which way is good."""
    rows = here.ledger(launch.launch.key).rows
    return sorted({(x.run.tool, x.evidence.metric) for x in rows if x.definition is None})


def _waiting_words(pair: tuple[str, str]) -> str:
    return f"{pair[0]}: {pair[1]} (nobody said which way is good)"


def metric_words(one: MetricDefinitionRecord) -> str:
    """Return a metric in words: whose it is, which way it is good, what its values are."""
    return f"{one.tool}: {one.metric} ({one.direction}, {one.scale})"


def _key(one: MetricDefinitionRecord) -> str:
    return f"{one.tool}{_SEPARATOR}{one.metric}"


def tasks(here: Here, launch: LaunchState, definition: str | None) -> list[str]:
    """Return the tasks for which the launch has evidence of a metric."""
    if definition is None:
        return []
    tool, metric = definition.split(_SEPARATOR)
    rows = here.ledger(launch.launch.key).rows
    found = [r.evidence.task for r in rows if (r.run.tool, r.evidence.metric) == (tool, metric)]
    return sorted(set(found))


def baselines(here: Here, launch: LaunchState) -> list[str]:
    """Return the runs of this launch and of the one it was cloned from; others can be typed."""
    keys = [launch.launch.key, *filter(None, [launch.launch.cloned_from])]
    return [run.ref for key in keys for run in here.ledger(key).runs]


def entered(values: Values) -> dict[str, Any]:
    """Return what was typed as the fields of a gate's draft; what is left open is missing."""
    given: dict[str, Any] = fields.chosen(
        values,
        (
            *("area", "kind", "max_age_days", "task", "configuration", "threshold", "coverage"),
            *("confidence", "min_n", "baseline", "margin", "title"),
        ),
    )
    given |= _texts(values)
    if values.get("must_pass"):
        given["must_pass"] = values["must_pass"] == "must"
    if values.get("definition"):
        given["tool"], given["metric"] = values["definition"].split(_SEPARATOR)
    if "confidence" in given:
        given["confidence"] = float(given["confidence"])
    return given


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: values[name] for name in ("rationale", "statement") if values.get(name)}


def _choice(label: str, key: str, options: Sequence[str]) -> None:
    st.selectbox(
        label,
        options,
        index=None,
        key=key,
        accept_new_options=True,
        placeholder="Choose or type",
    )


def number(label: str, key: str, present: float | None = None) -> None:
    """Draw a number that starts empty, or at what the register holds."""
    st.number_input(label, value=present, format="%g", key=key, placeholder="empty")


def whole(label: str, key: str, present: int | None = None) -> None:
    """Draw a whole number from 1 on that starts empty, or at what the register holds."""
    st.number_input(label, 1, None, present, step=1, key=key, placeholder="no limit")
