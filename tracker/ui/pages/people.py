"""Library, People and teams: who acts in the register, and the days that teams have."""

import streamlit as st

from tracker.readers.areas import packaged_areas
from tracker.services.people import teams
from tracker.ui import header, messages, session, tables
from tracker.ui.forms import people_forms, person_changes
from tracker.views import people as view

here = session.here()
known = teams(here.store)
shown = view.people_view(here.people, known, packaged_areas())

header.title(view.ANSWERS, shown.headline)
saved = people_forms.person(here), person_changes.draw(here), people_forms.team(here, known)
if any(outcome is not None for outcome in saved):
    st.rerun()

st.header("People", anchor=False)
if len(shown.people):
    tables.show(
        shown.people,
        {
            "name": tables.text("Name", width=300),
            "roles": tables.text("Roles", width=260),
            "leads": tables.text("Leads the areas", width=420),
            "sign_in": tables.text("Signs in as", width=260),
            "active": tables.text("Active"),
            "key": tables.text("Key"),
        },
        key="people.table",
        name="People of this register",
        rows=20,
    )
else:
    messages.nothing_here(view.NO_PEOPLE)

st.header("Teams", anchor=False)
if len(shown.teams):
    tables.show(
        shown.teams,
        {
            "name": tables.text("Team", width=300),
            "people": tables.number("People"),
            "person_days": tables.number("Free person-days", "%.1f"),
            "key": tables.text("Key"),
        },
        key="people.teams",
        name="Teams of this register",
    )
else:
    messages.nothing_here(view.NO_TEAMS)
