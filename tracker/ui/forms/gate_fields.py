"""Fields of a launch criterion: what it reads, what it asks, how strictly; all start empty."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.gate_templates import GateTemplate
from tracker.domain.state import LaunchState
from tracker.domain.words import Direction, GateCoverage, GateKind
from tracker.readiness.bounds import needed_n
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain

COMMON: Final = ("title", "area", "kind", "must_pass", "max_age_days", "rationale")
MEASURED: Final = (
    *("definition", "task", "configuration", "threshold", "coverage"),
    *("confidence", "min_n", "baseline", "margin"),
)
ATTESTED: Final = ("statement",)
_SEPARATOR: Final = "\N{UNIT SEPARATOR}"
_WEIGHTS: Final = {"must": "must pass: it holds the launch", "advisory": "advisory: only listed"}
_LEVELS: Final = {"0.9": "90 %", "0.95": "95 %", "0.99": "99 %"}


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
    if not known:
        st.warning("Nobody has said which way any metric is good. Do that first, above.")
    left, right = st.columns(2)
    with left:
        chosen = fields.one_of("Metric", known, form.key("definition"))
        _choice("Task", form.key("task"), tasks(here, launch, chosen))
        _choice("Configuration", form.key("configuration"), [launch.launch.configuration])
        number("Threshold, in the metric's own scale", form.key("threshold"))
    with right:
        fields.one_of("Over", {str(x): str(x) for x in GateCoverage}, form.key("coverage"))
        fields.one_of("Confidence, one-sided", _LEVELS, form.key("confidence"))
        whole("Least number of prompts or scenarios", form.key("min_n"))
        _choice("No worse than this run, if any", form.key("baseline"), baselines(here, launch))
        number("Margin against it, in the metric's scale", form.key("margin"))
    wanted = st.session_state.get(form.key("threshold"))
    level = st.session_state.get(form.key("confidence"))
    definition = next((one for one in here.definitions() if _key(one) == chosen), None)
    if definition is not None and wanted is not None and level is not None:
        st.caption(plain(sample_hint(definition, wanted, level)))


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


def sample_hint(definition: MetricDefinitionRecord, threshold: float, confidence: str) -> str:
    """Say how many samples a threshold asks for at least; empty where it is no share."""
    whole = definition.scale.whole
    if whole is None or not 0.0 < threshold < whole:
        return ""
    higher = definition.direction is Direction.HIGHER
    least = threshold / whole if higher else 1.0 - threshold / whole
    counts = [needed_n(least, failures, float(confidence)) for failures in (0, 1, 3)]
    if any(count is None for count in counts):
        return ""
    none, one, three = counts
    return (
        f"To show it takes {none:,} samples without a failure, {one:,} with one, "
        f"{three:,} with three."
    )


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
