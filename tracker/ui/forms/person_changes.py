"""Changing what somebody may do, and deactivating them."""

from collections.abc import Mapping

import streamlit as st

from tracker.domain.drafts import PersonChange
from tracker.domain.records import PersonRecord
from tracker.domain.roles import Action
from tracker.domain.validation import build
from tracker.domain.words import Role
from tracker.readers.areas import packaged_areas
from tracker.services.act import Act
from tracker.services.person_changes import change_person, seen_as, set_active
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here

CHOSEN = "people.chosen"
CHANGE = ("roles", "leads", "sign_in", "reason")


def draw(here: Here) -> str | None:
    """Offer to change a person other than oneself; return their key once it is saved."""
    if not here.may(Action.MANAGE_PEOPLE):
        return None
    with st.expander("Change a person", icon=":material/manage_accounts:"):
        chosen = fields.one_of("Person", _others(here.people, here.acting().key), CHOSEN)
        if chosen is None:
            return None
        person = here.people[chosen]
        changed = _change(here, person) if person.active else None
        return changed or _activity(here, person)


def _others(people: Mapping[str, PersonRecord], oneself: str) -> dict[str, str]:
    known = sorted(people.values(), key=lambda person: person.name)
    return {person.key: _named(person) for person in known if person.key != oneself}


def _named(person: PersonRecord) -> str:
    return person.name if person.active else f"{person.name} (inactive)"


def _change(here: Here, person: PersonRecord) -> str | None:
    by_claim = here.settings.oidc_roles_claim is not None

    def work(values: Values, act: Act) -> str:
        return change_person(here.store, act, person.key, _draft(values, person, by_claim), seen)

    form = Form(f"person.change.{person.key}", here, work, reason="reason")
    seen = form.seen("version", seen_as(person))
    with st.form(form.name, enter_to_submit=False):
        if by_claim:
            st.caption("Roles come from the groups that the provider names at each sign-in.")
        else:
            roles = {str(role): str(role) for role in Role}
            fields.several_of("Roles", roles, form.key("roles"), sorted(person.roles))
        areas = {area.code: area.name for area in packaged_areas()}
        fields.several_of("Leads these policy areas", areas, form.key("leads"), person.leads)
        fields.title("Sign-in name", form.key("sign_in"), person.sign_in or "")
        fields.text("Why", form.key("reason"), height=70)
        form.button("Save what they may do", CHANGE)
    return form.finish(_present(person))


def _draft(values: Values, person: PersonRecord, by_claim: bool) -> PersonChange:
    roles = person.roles if by_claim else values.get("roles") or ()
    given = {"roles": roles, "leads": values.get("leads") or ()}
    return build(PersonChange, given | {"sign_in": values.get("sign_in") or ""})


def _present(person: PersonRecord) -> dict[str, str]:
    return {
        "Roles": ", ".join(sorted(person.roles)),
        "Leads these policy areas": ", ".join(person.leads) or "none",
        "Sign-in name": person.sign_in or "none",
    }


def _activity(here: Here, person: PersonRecord) -> str | None:
    def work(_values: Values, act: Act) -> str:
        return set_active(here.store, act, person.key, not person.active, seen)

    form = Form(f"person.active.{person.key}", here, work, reason="reason")
    seen = form.seen("version", seen_as(person))
    with st.form(form.name, enter_to_submit=False):
        if person.active:
            st.caption("Whoever is deactivated can neither sign in nor act; all they did stays.")
        label = "Deactivate" if person.active else "Activate again"
        fields.text(f"Why {label.lower()}", form.key("reason"), height=70)
        form.button(label, ("reason",), type="secondary")
    return form.finish()
