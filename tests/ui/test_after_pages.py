"""After a decision: where the model runs, its conditions, and what is accepted, done on pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN, DANA, GIL, NOW
from tests.factories import AURORA, a_risk, an_assessment, stamp
from tests.services.acts import act
from tests.services.decided import STAGED, a_condition, a_decided_launch
from tests.services.evidence_files import APPROVER, OFFICER, a_reviewed_launch
from tests.services.test_acceptances import PICKS
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import keys, said, save
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.reviews import AcceptanceRecord, ConditionRecord, ExposureRecord
from tracker.domain.words import ExposureStage, Level
from tracker.readers.profile import packaged_profile
from tracker.services.acceptances import ask_acceptance, sign_acceptance
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import PersonArea

NOW_IS = datetime.now(UTC)
SOON = NOW_IS.date() + timedelta(days=30)
BACK, WIDER, NEXT = (f"exposure.{what}.{AURORA}" for what in ("back", "expose", "next"))
R1, A1, C1 = (f"{AURORA}/{short}" for short in ("R-1", "A-1", "C-1"))
WHY = "A tester got a recipe out of it."


@pytest.fixture
def decided(cast_register: Store) -> Store:
    """A launch that Fay let out for another month."""
    a_decided_launch(cast_register, until=SOON)
    return cast_register


def after(visit: Visit, actor: str) -> AppTest:
    app = visit("after", launch=AURORA, **{"as": actor})
    assert not app.exception
    return app


def parts(app: AppTest, form: str) -> dict[str, Any]:
    """The fields of one form, by the names that the form gives them."""
    kinds = ("selectbox", "text_area", "checkbox", "date_input")
    drawn: list[Any] = [each for kind in kinds for each in app.get(kind)]
    return {
        each.key.removeprefix(f"{form}.").rpartition(".")[0]: each
        for each in drawn
        if (each.key or "").startswith(f"{form}.")
    }


def fill(app: AppTest, form: str, **values: Any) -> AppTest:
    """Type into the fields of one form."""
    found = parts(app, form)
    for name, value in values.items():
        found[name].set_value(value)
    return app


def held(app: AppTest, form: str) -> dict[str, Any]:
    """What the fields of a form hold."""
    return {name: part.value for name, part in parts(app, form).items()}


def steps(store: Store) -> tuple[ExposureRecord, ...]:
    with store.reading() as session:
        return queries.exposure_records(session, [AURORA])


def condition(store: Store) -> ConditionRecord:
    with store.reading() as session:
        return queries.get_condition(session, C1)


def acceptance(store: Store) -> AcceptanceRecord:
    with store.reading() as session:
        return queries.get_acceptance(session, A1)


@pytest.mark.usefixtures("decided")
def test_a_viewer_is_told_that_nothing_is_theirs_to_do(visit: Visit) -> None:
    app = after(visit, "cleo")
    assert "Nothing here is yours to do" in said(app)
    assert not [key for key in keys(app) if key.endswith(".save")]


@pytest.mark.usefixtures("decided")
def test_nothing_is_chosen_before_somebody_chooses(visit: Visit) -> None:
    app = after(visit, "ada")
    assert held(app, BACK) == {"step": None, "after": None, "reason": ""}
    assert held(app, WIDER) == {"stage": None, "uncovered": False, "reason": ""}
    assert held(app, NEXT) == {"stage": None, "reason": ""}


def test_a_stage_that_the_decision_covers_is_recorded_under_it(
    visit: Visit, decided: Store
) -> None:
    app = save(fill(after(visit, "ada"), WIDER, stage="staged rollout"), WIDER)
    assert app.title[0].value.startswith("Runs at staged rollout, covered until")
    assert [(step.after, step.covered) for step in steps(decided)] == [(STAGED, True)]


def test_a_stage_beyond_the_decision_is_refused_and_recorded_as_uncovered_in_red(
    visit: Visit, decided: Store
) -> None:
    app = fill(after(visit, "ada"), WIDER, stage="general availability")
    app = save(app, WIDER)
    assert steps(decided) == ()
    assert app.error
    app = save(fill(app, WIDER, uncovered=True, reason="The flag was flipped."), WIDER)
    assert [step.covered for step in steps(decided)] == [False]
    assert app.title[0].value.startswith("UNCOVERED")
    assert any("no decision covers" in error.value for error in app.error)
    assert "Runs uncovered: Aurora 1" in said(visit("decisions", **{"as": "cleo"}))


def test_anybody_with_a_duty_pauses_at_once(visit: Visit, decided: Store) -> None:
    save(fill(after(visit, "ada"), WIDER, stage="staged rollout"), WIDER)
    app = fill(after(visit, "dana"), BACK, step="pause", after="none", reason=WHY)
    app = save(app, BACK)
    assert app.title[0].value == "The model runs nowhere"
    assert [step.reason for step in steps(decided)] == ["", WHY]


def test_a_step_back_without_a_choice_is_refused(visit: Visit, decided: Store) -> None:
    app = save(fill(after(visit, "dana"), BACK, reason=WHY), BACK)
    assert "is not chosen" in said(app)
    assert steps(decided) == ()


def test_the_next_stage_is_asked_for_on_the_page(visit: Visit, decided: Store) -> None:
    app = after(visit, "ada")
    save(fill(app, NEXT, stage="general availability", reason="All went well."), NEXT)
    with decided.reading() as session:
        asked = queries.get_launch(session, AURORA).exposure_asked
    assert asked is ExposureStage.GENERAL_AVAILABILITY


def test_a_condition_is_met_by_another_than_its_owner(visit: Visit, decided: Store) -> None:
    a_condition(decided, f"{AURORA}/D-1", owner="hana", due=SOON)
    form = f"condition.{AURORA}"
    told = {"condition": C1, "state": "met", "reason": "The load test is on record."}
    app = save(fill(after(visit, "hana"), form, **told), form)
    assert app.error
    assert condition(decided).settled_by is None
    save(fill(after(visit, "ben"), form, **told), form)
    assert condition(decided).settled_by == "ben"


@pytest.fixture
def at_risk(cast_register: Store) -> Store:
    """A launch with one High risk in the area that Gil leads."""
    a_reviewed_launch(cast_register)
    with cast_register.writing(stamp()) as session:
        session.add(PersonArea(person=GIL.key, area="fraud_scams"))
    an_assessment(cast_register, a_risk(cast_register), DANA, PICKS[Level.HIGH], at=NOW)
    return cast_register


def risk(visit: Visit, actor: str) -> AppTest:
    app = visit("risk", launch=AURORA, risk="R-1", **{"as": actor})
    assert not app.exception
    return app


def ask(store: Store) -> None:
    draft = AcceptanceDraft(
        justification="What is left is small.", fails_if=("Complaints double.",), until=SOON
    )
    ask_acceptance(store, replace(act(BEN), at=NOW_IS), packaged_profile(), R1, draft)


def signs(app: AppTest) -> bool:
    return f"acceptance.sign.{A1}.save" in keys(app)


def test_an_acceptance_is_asked_for_with_what_would_end_it(visit: Visit, at_risk: Store) -> None:
    form = f"acceptance.ask.{R1}"
    app = fill(
        risk(visit, "ben"),
        form,
        justification="What is left is small.",
        fails_if="Complaints double.\nA minor is harmed.",
        until=SOON,
    )
    app = save(app, form)
    assert acceptance(at_risk).fails_if == ("Complaints double.", "A minor is harmed.")
    assert "High" in said(app)


def test_a_signature_is_offered_to_whom_it_is_asked_of_and_only_once(
    visit: Visit, at_risk: Store
) -> None:
    ask(at_risk)
    offered = {
        actor
        for actor in ("ada", "ben", "cleo", "dana", "eli", "fay", "gil", "hana")
        if signs(risk(visit, actor))
    }
    assert offered == {"eli", "fay"}
    app = save(risk(visit, "eli"), f"acceptance.sign.{A1}")
    assert acceptance(at_risk).officer == "eli"
    assert not signs(app)
    assert signs(risk(visit, "fay"))


@pytest.fixture
def in_force(at_risk: Store) -> Store:
    """The acceptance, signed by both."""
    ask(at_risk)
    for signer in (OFFICER, APPROVER):
        sign_acceptance(
            at_risk,
            replace(act(signer), at=NOW_IS),
            packaged_profile(),
            A1,
            acceptance(at_risk).version,
        )
    return at_risk


@pytest.mark.parametrize("what", ["fire", "end"])
def test_an_acceptance_ends_with_a_reason_and_never_without(
    visit: Visit, in_force: Store, what: str
) -> None:
    form = f"acceptance.{what}.{A1}"
    app = save(risk(visit, "ben"), form)
    assert app.error
    assert acceptance(in_force).ended_by is None
    save(fill(app, form, reason="Complaints doubled."), form)
    assert acceptance(in_force).ended_by == "ben"
    assert f"acceptance.ask.{R1}.save" in keys(risk(visit, "ben"))


@pytest.mark.usefixtures("in_force")
def test_a_viewer_reads_an_acceptance_and_is_offered_nothing(visit: Visit) -> None:
    app = risk(visit, "cleo")
    assert any("What is left is small" in str(table.value) for table in app.table)
    assert not [key for key in keys(app) if key.startswith("acceptance.")]


def test_the_inbox_opens_on_ones_own_things_and_shows_everybodys_on_demand(
    visit: Visit, decided: Store
) -> None:
    a_condition(decided, f"{AURORA}/D-1", owner="hana", due=NOW_IS.date())
    app = visit("inbox", **{"as": "cleo"})
    assert "Nothing waits for you" in said(app)
    app.toggle(key="inbox.everybody").set_value(True).run()
    assert not app.exception
    assert "waiting" in app.title[0].value
    assert "who" in app.dataframe[0].value.columns
