"""The people page: who is offered what, and what a change needs."""

from streamlit.testing.v1 import AppTest

from tests.cast import BEN
from tests.services.acts import act
from tests.ui.conftest import Visit, words
from tracker.domain.drafts import PersonChange
from tracker.services.people import people
from tracker.services.person_changes import change_person, seen_as
from tracker.store.engine import Store


def about(visit: Visit, key: str) -> AppTest:
    app = visit("people", **{"as": "ben"})
    return app.selectbox(key="people.chosen").set_value(key).run()


def fill(app: AppTest, form: str, **values: object) -> AppTest:
    """Set fields of a form by their names."""
    drawn = [*app.multiselect, *app.text_input, *app.text_area]
    for name, value in values.items():
        next(box for box in drawn if (box.key or "").startswith(f"{form}.{name}.")).set_value(value)
    return app


def test_only_those_who_may_are_offered_a_change(visit: Visit, cast_register: Store) -> None:
    app = visit("people", **{"as": "dana"})
    assert "people.chosen" not in [box.key for box in app.selectbox]
    assert not [button for button in app.button if (button.key or "").startswith("person.")]
    assert people(cast_register)["dana"].active


def test_nobody_is_offered_to_change_themselves(visit: Visit, cast_register: Store) -> None:
    options = visit("people", **{"as": "ben"}).selectbox(key="people.chosen").options
    assert len(options) == len(people(cast_register)) - 1
    assert not [name for name in options if "Ben" in name]


def test_roles_and_sign_in_name_are_changed_with_a_reason(
    visit: Visit, cast_register: Store
) -> None:
    app = about(visit, "dana")
    fill(app, "person.change.dana", roles=["reviewer"], sign_in="Dana@Lab.example")
    app.button(key="person.change.dana.save").click().run()
    assert "needs a reason" in words(app)
    assert people(cast_register)["dana"].sign_in is None
    fill(app, "person.change.dana", reason="Reviews from now on.")
    app.button(key="person.change.dana.save").click().run()
    found = people(cast_register)["dana"]
    assert (sorted(found.roles), found.sign_in) == (["reviewer"], "dana@lab.example")


def test_whoever_is_deactivated_can_be_activated_again(visit: Visit, cast_register: Store) -> None:
    app = about(visit, "dana")
    fill(app, "person.active.dana", reason="Left the lab.")
    app.button(key="person.active.dana.save").click().run()
    assert not people(cast_register)["dana"].active
    app = about(visit, "dana")
    assert "person.change.dana.save" not in [button.key for button in app.button]
    assert app.button(key="person.active.dana.save").label == "Activate again"


def test_the_second_of_two_changes_shows_what_the_register_holds_now(
    visit: Visit, cast_register: Store
) -> None:
    app = about(visit, "dana")
    other = PersonChange.model_validate({"roles": ["viewer"], "sign_in": "dana@lab.example"})
    before = seen_as(people(cast_register)["dana"])
    change_person(cast_register, act(BEN, "Views only."), "dana", other, before)
    fill(app, "person.change.dana", roles=["admin"], reason="Runs it.")
    app.button(key="person.change.dana.save").click().run()
    assert "Somebody changed the person dana" in words(app)
    assert "dana@lab.example" in words(app)
    assert people(cast_register)["dana"].roles == {"viewer"}
