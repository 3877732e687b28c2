"""The one way to save: once, whatever the browser does, and in words when it is refused."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN
from tests.factories import a_launch, a_risk
from tests.services.acts import act, risk_state
from tracker.domain.drafts import RiskChange
from tracker.services.history import history
from tracker.services.risks import edit_risk
from tracker.store.engine import Store

SCRIPT = """
import streamlit as st
from tracker.domain.drafts import TeamDraft
from tracker.domain.validation import build
from tracker.services.people import add_team
from tracker.ui import save, session
from tracker.ui.session import Here

here = session.here()


def work(values, act):
    return add_team(here.store, act, build(TeamDraft, {**values, "people": 3, "person_days": 10.0}))


form = save.Form("new_team", here, work)
with st.form(form.name, enter_to_submit=False):
    st.text_input("Key", key=form.key("key"))
    st.text_input("Name", key=form.key("name"))
    form.button("Add team", ("key", "name"))
outcome = form.finish({"Name": "what stands there now"})
if outcome is not None:
    st.success(f"saved {outcome}")
"""


@pytest.fixture
def form(tmp_path: Path, cast_register: Store) -> AppTest:
    script = tmp_path / "form.py"
    script.write_text(SCRIPT)
    assert cast_register.revision() > 0
    return AppTest.from_file(str(script), default_timeout=60).run()


def _fill(app: AppTest, key: str, name: str) -> AppTest:
    app.text_input[0].set_value(key)
    app.text_input[1].set_value(name)
    return app


def _teams(store: Store) -> list[str]:
    return [change.subject for change in history(store, entity="team", actor="ben")]


def test_a_save_is_told_and_recorded_under_the_acting_person(
    form: AppTest, cast_register: Store
) -> None:
    _fill(form, "red", "Red team").button[0].click().run()
    assert form.success[0].value == "saved red"
    assert _teams(cast_register) == ["red"]


def test_the_fields_are_empty_again_after_a_save(form: AppTest) -> None:
    _fill(form, "red", "Red team").button[0].click().run()
    form.run()
    assert [field.value for field in form.text_input] == ["", ""]


def test_a_second_click_at_once_repeats_the_first_outcome_and_saves_nothing(
    form: AppTest, cast_register: Store
) -> None:
    _fill(form, "red", "Red team").button[0].click().run()
    form.button[0].click().run()
    assert form.success[0].value == "saved red"
    assert not form.error
    assert _teams(cast_register) == ["red"]


def test_what_is_typed_at_once_after_a_save_is_a_save_of_its_own(
    form: AppTest, cast_register: Store
) -> None:
    _fill(form, "red", "Red team").button[0].click().run()
    _fill(form, "blue", "Blue team").button[0].click().run()
    assert form.success[0].value == "saved blue"
    assert sorted(_teams(cast_register)) == ["blue", "red"]


def test_a_refused_save_lists_its_fields_and_keeps_what_was_typed(
    form: AppTest, cast_register: Store
) -> None:
    _fill(form, "Not A Key", "Red team").button[0].click().run()
    assert "Key" in form.error[0].value
    assert [field.value for field in form.text_input] == ["Not A Key", "Red team"]
    assert _teams(cast_register) == []


def test_a_refusal_is_followed_by_a_save_once_corrected(
    form: AppTest, cast_register: Store
) -> None:
    _fill(form, "Not A Key", "Red team").button[0].click().run()
    _fill(form, "red", "Red team").button[0].click().run()
    assert not form.error
    assert _teams(cast_register) == ["red"]


EDIT = """
import streamlit as st
from tracker.domain.drafts import RiskChange
from tracker.domain.validation import build
from tracker.services.risks import edit_risk
from tracker.ui import save, session

here = session.here()
risk = here.states()[0].risks[0].risk


def work(values, act):
    seen = form.version(risk.version)
    return edit_risk(here.store, act, risk.ref, build(RiskChange, {"title": values["title"]}), seen)


form = save.Form("edit_risk", here, work)
form.version(risk.version)
with st.form(form.name, enter_to_submit=False):
    st.text_input("Title", key=form.key("title"))
    form.button("Save", ("title",))
if form.finish({"Title": risk.title}) is not None:
    st.success("saved")
"""


def test_a_stale_edit_shows_the_present_text_beside_what_was_typed_and_can_be_saved_then(
    tmp_path: Path, cast_register: Store
) -> None:
    ref = a_risk(cast_register, a_launch(cast_register))
    script = tmp_path / "edit.py"
    script.write_text(EDIT)
    app = AppTest.from_file(str(script), default_timeout=60).run()
    edit_risk(cast_register, act(BEN), ref, RiskChange(title="Changed meanwhile"), 1)
    app.text_input[0].set_value("My own title")
    app.button[0].click().run()
    assert "nothing was saved" in app.error[0].value
    assert app.text_input[0].value == "My own title"
    assert "Changed meanwhile" in [text.value for text in app.text]
    app.button[0].click().run()
    assert app.success[0].value == "saved"
    assert risk_state(cast_register, ref).risk.title == "My own title"
