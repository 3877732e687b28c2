"""Portfolio, New launch: register a launch, from nothing or from another one."""

import streamlit as st

from tracker.domain.errors import NotPermitted
from tracker.domain.roles import Action, require
from tracker.readers.areas import packaged_areas
from tracker.services.act import Act
from tracker.services.launches import clone_launch, create_launch
from tracker.ui import header, messages, navigation, session
from tracker.ui.forms import dropped_fields, fields, launch_fields, scope_fields
from tracker.ui.save import Form, Values
from tracker.ui.state import Address
from tracker.ui.text import plain
from tracker.views import launch_form as view

here = session.here()
states = {state.launch.key: state for state in here.states()}

header.title(view.NEW_ANSWERS, "New launch")
try:
    require(here.acting(), Action.CREATE_LAUNCH)
except NotPermitted as error:
    messages.stop(error)


def save(values: Values, act: Act) -> str:
    """Register the launch, or clone the chosen one."""
    draft = launch_fields.draft(values, states)
    source = values.get("source")
    if source:
        return clone_launch(here.store, act, source, draft, dropped=dropped_fields.drafts(values))
    return create_launch(here.store, act, draft, view.scope_drafts(values))


form = Form("new_launch", here, save)
source = fields.one_of(
    "Start from; leave empty to start from nothing",
    {key: state.launch.name for key, state in states.items()},
    form.key("source"),
)
names: tuple[str, ...] = ()
if source is not None:
    with st.container(border=True):
        for sentence in view.what_a_clone_takes(states[source]):
            st.markdown(plain(sentence))
        names = dropped_fields.draw(form, states[source])

st.header("The launch", anchor=False)
launch_fields.draw_new(here, form, states)

if source is None:
    st.header("Scope by policy area", anchor=False)
    st.caption(
        "Every area starts undecided, and an undecided area holds the launch. What is not "
        "applicable needs a reason here, and later somebody else's confirmation."
    )
    names = scope_fields.draw(form, view.families(packaged_areas()))

form.button("Register launch", ("source", *launch_fields.NEW, *names), in_form=False)
saved = form.finish()
if saved is not None:
    navigation.go("overview", Address(launch=saved))
