"""Saying once, per tool and metric, which way is good and what its values are."""

from collections.abc import Sequence

import streamlit as st

from tracker.domain.evidence import MetricDefinitionDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Direction, Scale
from tracker.services.act import Act
from tracker.services.metrics import define_metric
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here

NAMES = ("tool", "metric", "direction", "scale", "reason")


def define(here: Here, launch: LaunchState, undefined: Sequence[tuple[str, str]]) -> str | None:
    """Offer to define a metric, those of the launch that nobody has defined first.

    Args:
        here: Where the page works.
        launch: The launch whose page it is.
        undefined: Tool and metric of what is on the launch and that no gate can read yet.
    """
    if not here.may(Action.DEFINE_METRIC, launch):
        return None

    def work(values: Values, act: Act) -> str:
        given = fields.chosen(values, ("tool", "metric", "direction", "scale"))
        return define_metric(here.store, act, build(MetricDefinitionDraft, given))

    form = Form(f"metric.{launch.launch.key}", here, work, reason="reason")
    waiting = f" ({len(undefined)} waiting)" if undefined else ""
    with st.expander(f"Say which way a metric is good{waiting}", icon=":material/swap_vert:"):
        st.caption(
            "Asked once per tool and metric and remembered for every launch. A gate cannot read a "
            "metric whose direction nobody has stated, and it cannot change once a gate reads it."
        )
        left, right = st.columns(2)
        with left:
            _named("Tool", form.key("tool"), [tool for tool, _ in undefined])
            fields.one_of("Which way is good", {str(x): str(x) for x in Direction},
                          form.key("direction"))  # fmt: skip
        with right:
            _named("Metric", form.key("metric"), [metric for _, metric in undefined])
            fields.one_of("Values are", {str(x): str(x) for x in Scale}, form.key("scale"))
        fields.title("Reason; required where a file says otherwise", form.key("reason"))
        form.button("Remember it", NAMES, in_form=False, type="secondary")
        return form.finish()


def _named(label: str, key: str, options: Sequence[str]) -> None:
    st.selectbox(
        label,
        list(dict.fromkeys(options)),
        index=None,
        key=key,
        accept_new_options=True,
        placeholder="Choose or type",
    )
