"""The form of a risk while somebody else edits the same risk."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import GIL
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import act, risk_state
from tests.ui.conftest import Visit
from tracker.domain.drafts import RiskChange
from tracker.services.risks import edit_risk
from tracker.store.engine import Store

R1 = f"{AURORA}/R-1"


@pytest.fixture
def page(cast_register: Store, visit: Visit) -> AppTest:
    """The page of a risk that Ben opened."""
    a_risk(cast_register, a_launch(cast_register), title="Old title", scenario="Old scenario.")
    return visit("risk", launch=AURORA, risk="R-1")


def meanwhile(store: Store, **fields: str) -> None:
    version = risk_state(store, R1).risk.version
    edit_risk(store, act(GIL), R1, RiskChange.model_validate(fields), version)


def field(app: AppTest, key: str):
    kinds = [*app.text_input, *app.text_area]
    return next(one for one in kinds if f"risk.edit.{R1}.{key}." in str(one.key))


def save(app: AppTest) -> AppTest:
    return app.button(key=f"risk.edit.{R1}.save").click().run()


def differences(app: AppTest) -> list[list[str]]:
    found = [one.value for one in app.dataframe if "kept" in one.value.columns]
    return found[0].to_numpy().tolist() if found else []


def test_the_second_to_save_sees_what_differs_and_keeps_what_they_typed(
    page: AppTest, cast_register: Store
) -> None:
    field(page, "title").set_value("My title").run()
    meanwhile(cast_register, title="Their title", scenario="Their scenario.")
    save(page)
    assert "nothing was saved" in page.error[0].value
    assert field(page, "title").value == "My title"
    assert differences(page) == [
        ["Title", "Old title", "Their title", "My title", "yours, in place of theirs"],
        ["Scenario", "Old scenario.", "Their scenario.", "Old scenario.", "theirs, as you left it"],
    ]


def test_saving_again_keeps_both_changes_where_they_do_not_meet(
    page: AppTest, cast_register: Store
) -> None:
    field(page, "title").set_value("My title").run()
    meanwhile(cast_register, title="Their title", scenario="Their scenario.")
    save(page)
    save(page)
    assert not page.error
    kept = risk_state(cast_register, R1).risk
    assert (kept.title, kept.scenario) == ("My title", "Their scenario.")
    assert differences(page) == []


def test_the_comparison_stays_while_one_goes_on_typing(page: AppTest, cast_register: Store) -> None:
    field(page, "title").set_value("My title").run()
    meanwhile(cast_register, title="Their title")
    save(page)
    field(page, "title").set_value("Our title").run()
    assert differences(page)[0][3] == "Our title"
    save(page)
    assert risk_state(cast_register, R1).risk.title == "Our title"


def test_what_was_typed_outlives_a_look_at_what_the_other_saved(
    page: AppTest, cast_register: Store
) -> None:
    """The trap: a field whose first text changes is drawn anew, and what was typed is gone."""
    field(page, "title").set_value("My title").run()
    meanwhile(cast_register, title="Their title")
    page.run()
    assert field(page, "title").value == "My title"


def test_a_form_in_which_nobody_typed_shows_what_is_there_now(
    page: AppTest, cast_register: Store
) -> None:
    meanwhile(cast_register, title="Their title")
    page.run()
    assert field(page, "title").value == "Their title"
    field(page, "title").set_value("My title").run()
    save(page)
    assert not page.error
    assert risk_state(cast_register, R1).risk.title == "My title"
