"""Adding people and teams."""

from collections.abc import Collection

import streamlit as st

from tracker.domain.drafts import PersonDraft, TeamDraft
from tracker.domain.roles import Action
from tracker.domain.validation import build
from tracker.domain.words import Role
from tracker.readers.areas import packaged_areas
from tracker.services.act import Act
from tracker.services.people import add_person, add_team
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.views.keys import suggested_key

PERSON = ("name", "key", "sign_in", "roles", "leads")
TEAM = ("name", "key", "people", "person_days")


def person(here: Here) -> str | None:
    """Offer to invite a person with a sign-in name, roles and areas."""
    if not here.may(Action.MANAGE_PEOPLE):
        st.caption("The administrator or the policy lead adds people and teams.")
        return None

    def work(values: Values, act: Act) -> str:
        return add_person(here.store, act, person_draft(values, here.people))

    form = Form("person.new", here, work)
    with st.expander("Invite a person", icon=":material/person_add:"):
        person_fields(form, here.people)
        form.button("Invite person", PERSON, in_form=False)
        return form.finish()


def person_fields(form: Form, taken: Collection[str]) -> None:
    """Draw the fields of a person; no role is chosen beforehand."""
    _name_and_key(form, taken)
    st.text_input(
        "Sign-in name",
        key=form.key("sign_in"),
        placeholder="such as name@lab.example; empty for somebody who does not sign in",
        help="What the OpenID provider calls them: their e-mail address unless set otherwise.",
    )
    fields.several_of("Roles", {str(role): str(role) for role in Role}, form.key("roles"))
    areas = {area.code: area.name for area in packaged_areas()}
    fields.several_of("Leads these policy areas", areas, form.key("leads"))


def person_draft(values: Values, taken: Collection[str]) -> PersonDraft:
    """Make a person of what was typed; an empty key becomes the suggested one.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    name = values.get("name") or ""
    given = {
        "name": name,
        "key": values.get("key") or suggested_key(name, taken),
        "roles": values.get("roles") or (),
        "leads": values.get("leads") or (),
        "sign_in": values.get("sign_in") or "",
    }
    return build(PersonDraft, given)


def team(here: Here, taken: Collection[str]) -> str | None:
    """Offer to add a team with its free days."""
    if not here.may(Action.MANAGE_PEOPLE):
        return None

    def work(values: Values, act: Act) -> str:
        name = values.get("name") or ""
        given = {
            "name": name,
            "key": values.get("key") or suggested_key(name, taken),
        }
        given |= fields.chosen(values, ("people", "person_days"))
        return add_team(here.store, act, build(TeamDraft, given))

    form = Form("team.new", here, work)
    with st.expander("Add a team", icon=":material/group_add:"):
        _name_and_key(form, taken)
        with st.grid(2, min_column_width=200):
            st.number_input("People", 1, 10_000, None, key=form.key("people"), placeholder="empty")
            fields.amount("Free person-days", form.key("person_days"))
        form.button("Add team", TEAM, in_form=False)
        return form.finish()


def _name_and_key(form: Form, taken: Collection[str]) -> None:
    with st.grid(2, min_column_width=260):
        st.text_input("Name", key=form.key("name"))
        name = st.session_state.get(form.key("name")) or ""
        st.text_input(
            "Key, for links and commands",
            key=form.key("key"),
            placeholder=suggested_key(name, taken) or "suggested from the name",
            help="Left empty, the suggested key is taken. A key never changes.",
        )
