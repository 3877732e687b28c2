"""Who holds a role on a launch: filling an empty one, and replacing somebody with two people."""

import streamlit as st

from tracker.domain.records import ProposedHolder
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.words import LaunchRoleName
from tracker.services.act import Act
from tracker.services.holders import confirm_holder, propose_holder, withdraw_proposal
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain


def draw(here: Here, launch: LaunchState) -> list[str | None]:
    """Offer to name holders, and to confirm or take back what somebody proposed."""
    waiting = [each for asked in launch.launch.proposed for each in _waiting(here, launch, asked)]
    return [*waiting, _propose(here, launch)]


def _propose(here: Here, launch: LaunchState) -> str | None:
    if not here.may(Action.SET_HOLDERS, launch):
        return None
    key = launch.launch.key

    def work(values: Values, act: Act) -> str:
        fields.require(values, ("role", "person"))
        role = LaunchRoleName(values["role"])
        return propose_holder(here.store, act, key, role, values["person"])

    form = Form(f"holder.propose.{key}", here, work, reason="reason")
    with st.expander("Name who holds a role", icon=":material/badge:"):
        st.caption("An empty role is filled at once; a replacement waits for a second person.")
        held = {
            str(role): f"{role}: {launch.person_name(launch.launch.holders.get(role))}"
            for role in LaunchRoleName
        }
        fields.one_of("Role", held, form.key("role"))
        fields.one_of("Person", fields.persons(here), form.key("person"))
        fields.title("Reason, needed to replace somebody", form.key("reason"))
        form.button("Name", ("role", "person", "reason"), in_form=False, type="secondary")
        return form.finish()


def _waiting(here: Here, launch: LaunchState, asked: ProposedHolder) -> list[str | None]:
    name, by = launch.person_name(asked.person), launch.person_name(asked.asked_by)
    now = launch.person_name(launch.launch.holders.get(asked.role))
    told = f"{name} is proposed as {asked.role} in place of {now}, by {by}: {asked.reason}"
    st.warning(plain(told), icon=":material/how_to_reg:")
    return [_confirm(here, launch, asked), _take_back(here, launch, asked)]


def _confirm(here: Here, launch: LaunchState, asked: ProposedHolder) -> str | None:
    if not here.may(Action.CONFIRM_HOLDERS, launch):
        return None
    key = launch.launch.key

    def work(_values: Values, act: Act) -> str:
        return confirm_holder(here.store, act, key, asked.role, form.seen("person", asked.person))

    form = Form(f"holder.confirm.{key}.{asked.role.name}", here, work)
    form.seen("person", asked.person)
    name = plain(launch.person_name(asked.person))
    form.button(f"Confirm {name} as {asked.role}", (), in_form=False, type="secondary")
    return form.finish()


def _take_back(here: Here, launch: LaunchState, asked: ProposedHolder) -> str | None:
    if not here.may(Action.SET_HOLDERS, launch):
        return None
    key = launch.launch.key

    def work(_values: Values, act: Act) -> str:
        return withdraw_proposal(here.store, act, key, asked.role)

    form = Form(f"holder.back.{key}.{asked.role.name}", here, work)
    form.button(f"Take back: {asked.role}", (), in_form=False, type="tertiary")
    return form.finish()
