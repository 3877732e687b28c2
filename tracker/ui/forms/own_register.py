"""From the demo to a register of one's own."""

from datetime import UTC, datetime

import streamlit as st

from tracker.services.register import create_own_register
from tracker.settings import Settings, redacted
from tracker.ui import navigation
from tracker.ui.forms import people_forms
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.state import Address


@st.dialog("Start my own register", width="medium")
def open_dialog(here: Here) -> None:
    """Ask for the first person and make an empty register; the demo's file stays where it is."""
    settings = here.settings
    if settings.database_url is not None:
        _explain(settings)
        return
    st.write(
        "An empty register with the policy areas and you as its first person. It is made beside "
        "the demo, and from then on this dashboard opens it."
    )
    st.code(redacted(settings.own_register_url()), language=None)
    st.write("The demo stays. To see it again, run:")
    st.code("holdpoint serve --demo", language=None)
    form = Form("own_register", here, lambda values, _act: _make(settings, values))
    people_forms.person_fields(form, ())
    st.caption(
        "Usual for whoever begins: policy lead, who registers launches and adds people, and "
        "assessor. Several roles may be held; a second person is needed to confirm and verify."
    )
    form.button("Make the register", people_forms.PERSON, in_form=False)
    if form.finish() is not None:
        navigation.go("launches", Address())


def _make(settings: Settings, values: Values) -> str:
    person = people_forms.person_draft(values, ())
    settings.prepare_data_dir()
    create_own_register(settings.own_register_url(), person, datetime.now(UTC))
    return person.key


def _explain(settings: Settings) -> None:
    if settings.database_url == settings.demo_register_url():
        st.write("This dashboard was started for the demo alone. Stop it, then run:")
        st.code("holdpoint init\nholdpoint serve", language=None)
        st.caption("Leave the first line out if you have made a register of your own already.")
        return
    st.write(
        "This dashboard opens the database that HOLDPOINT_DATABASE_URL names, so it starts no "
        "other by itself. Name an empty place, make a register there, and serve it:"
    )
    st.code(
        "export HOLDPOINT_DATABASE_URL=sqlite:///my-register.db\nholdpoint init\nholdpoint serve",
        language=None,
    )
