"""Saying once, per tool and metric, which way is good and what its values are."""

import streamlit as st

from tracker.domain.errors import InvalidInput
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Direction, Scale
from tracker.services.act import Act
from tracker.services.ledger import Ledger
from tracker.services.metrics import define_metric
from tracker.ui import tables
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.metrics import MetricsView, metrics_view

NAMES = ("of", "direction", "scale", "reason")
_SAID = "metric.said"


def define(here: Here, launch: LaunchState, ledger: Ledger) -> str | None:
    """Offer to say what a metric means, those of the launch that nobody has defined first."""
    if not here.may(Action.DEFINE_METRIC, launch):
        return None
    shown = metrics_view(ledger, here.definitions())

    def work(values: Values, act: Act) -> str:
        pair = shown.pair(values.get("of") or "")
        if pair is None:
            raise InvalidInput({"metric": "choose one, or write it as “tool: metric”"})
        given = fields.chosen(values, ("direction", "scale"))
        draft = build(MetricDefinitionDraft, {"tool": pair[0], "metric": pair[1], **given})
        return define_metric(here.store, act, draft)

    form = Form(f"metric.{launch.launch.key}", here, work, reason="reason")
    waiting = f" ({len(shown.waiting)} waiting)" if len(shown.waiting) else ""
    label = f"Say which way a metric is good{waiting}"
    with st.expander(label, icon=":material/swap_vert:", key=f"{form.name}.part"):
        st.caption(
            "Asked once per tool and metric and remembered for every launch. A gate cannot read a "
            "metric whose direction nobody has stated, and once a gate reads "
            "it another meaning takes two people."
        )
        if len(shown.waiting):
            _waiting(form, shown)
        _fields(form, shown)
        form.button("Remember it", NAMES, in_form=False, type="secondary")
        if said := st.session_state.pop(_SAID, None):
            st.caption(f":material/check: {plain(f'Remembered: {said}')}")
        saved = form.finish()
    if saved is not None:
        st.session_state[_SAID] = saved
    return saved


def _waiting(form: Form, shown: MetricsView) -> None:
    opened = tables.show(
        shown.waiting,
        {
            "name": "Waiting: tool and metric",
            "figures": tables.number("Figures"),
            "runs": tables.text("In runs", width=200),
            "stated": tables.text("The file says", width=170),
        },
        key="metric.waiting",
        name="Metrics of which nobody has said which way is good",
        rows=6,
        opens="name",
    )
    if opened is not None:
        st.session_state[form.key("of")] = str(shown.waiting["name"].iloc[opened])


def _fields(form: Form, shown: MetricsView) -> None:
    left, middle, right = st.columns([6, 3, 3])
    with left:
        name = st.selectbox(
            "Tool and metric",
            list(shown.pairs),
            index=None,
            key=form.key("of"),
            accept_new_options=True,
            placeholder="Choose one, or type “tool: metric”",
        )
    with middle:
        ways = {str(way): str(way) for way in Direction}
        fields.one_of("Which way is good", ways, form.key("direction"))
    with right:
        fields.one_of("Values are", {str(x): str(x) for x in Scale}, form.key("scale"))
    if name:
        _known(shown, name)
    fields.title("Reason; needed where it changes, or a file says otherwise", form.key("reason"))


def _known(shown: MetricsView, name: str) -> None:
    if name in shown.known:
        st.caption(f":material/info: On record: {plain(shown.known[name])}.")
    elif stated := shown.stated(name):
        st.caption(f":material/info: The file says: {plain(stated)}. Say whether it is so.")
