"""What people enter: who is offered what, what is refused in words, and what is never lost."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import ADA, BEN, DANA, NOW
from tests.factories import a_launch, a_mitigation, a_placement, a_risk, a_scope, an_assessment
from tests.services.acts import act, risk_state
from tests.ui.conftest import Visit, words
from tracker.domain.drafts import LaunchChange, PartialAssessment, RiskChange
from tracker.domain.words import Applicability, Factor, MitigationStatus
from tracker.services.assessments import assessments_of, save_draft
from tracker.services.launches import edit_launch
from tracker.services.people import people, teams
from tracker.services.risks import edit_risk
from tracker.store.engine import Store

SCALES = 5


def said(app: AppTest) -> str:
    """The words of a page without the marks that keep them harmless in Markdown."""
    return words(app).replace("\\", "")


def keys(app: AppTest) -> set[str]:
    """The keys of the buttons that a page offers."""
    return {button.key for button in app.button if button.key}


def save(app: AppTest, name: str) -> AppTest:
    return app.button(key=f"{name}.save").click().run()


def field(app: AppTest, kind: str, label: str) -> Any:
    """The field whose label begins so."""
    drawn: Sequence[Any] = app.get(kind)
    return next(each for each in drawn if each.label.startswith(label))


@pytest.fixture
def risk(cast_register: Store) -> str:
    """A risk of a launch that Ada owns."""
    a_launch(cast_register)
    return a_risk(cast_register)


@pytest.mark.usefixtures("risk")
def test_an_address_that_names_no_risk_chooses_no_other_one(visit: Visit) -> None:
    app = visit("assess", launch="aurora-1", risk="R-999", **{"as": "dana"})
    assert "R-999 is no open risk of this launch" in said(app)
    assert len(app.radio) == 0


def test_a_draft_begun_for_another_release_asks_to_look_again(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    begun = PartialAssessment(picks={Factor.SEVERITY: 4})
    save_draft(cast_register, DANA, risk, begun, NOW)
    edit_launch(cast_register, act(ADA), "aurora-1", LaunchChange(model_version="v2"), 1)
    app = visit("assess", launch="aurora-1", risk="R-1", **{"as": "dana"})
    assert "You began to judge v1" in said(app)
    app.button(key="assess.renew").click().run()
    assert "You began to judge" not in said(app)


@pytest.mark.usefixtures("risk")
def test_an_over_long_title_is_refused_with_its_limit_and_kept(visit: Visit) -> None:
    app = visit("risks", launch="aurora-1", **{"as": "dana"})
    field(app, "text_input", "Title").set_value("x" * 10_000)
    app = save(app, "risk.new.aurora-1")
    assert "at most 200 characters" in said(app)
    assert field(app, "text_input", "Title").value == "x" * 10_000


def assess(visit: Visit, actor: str, risk: str) -> AppTest:
    launch, _, short = risk.partition("/")
    return visit("assess", launch=launch, risk=short, **{"as": actor})


def pick_everything(app: AppTest, pick: int = 3) -> AppTest:
    for radio in list(app.radio)[:SCALES]:
        radio.set_value(pick)
    app.radio[SCALES].set_value("C")
    return app.run()


def test_every_pick_starts_empty(visit: Visit, risk: str) -> None:
    app = assess(visit, "dana", risk)
    assert [radio.value for radio in app.radio] == [None] * (SCALES + 1)
    assert "Still to pick: likelihood, severity, exposure, reversibility" in said(app)


def test_an_assessment_is_submitted_and_confirmed_from_the_register(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = pick_everything(assess(visit, "dana", risk))
    assert "Harm score 5.5" in said(app)
    save(app, "assess")
    (made,) = assessments_of(cast_register, risk)
    assert (made.assessor, made.picks.severity) == ("dana", 3)
    assert "Submitted: R-1, own level Moderate" in said(app)


def test_a_second_click_at_once_does_not_submit_the_draft_of_the_next_risk(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    other = a_risk(cast_register)
    pick_everything(assess(visit, "dana", other))
    app = pick_everything(assess(visit, "dana", risk))
    save(save(app, "assess"), "assess")
    assert len(assessments_of(cast_register, risk)) == 1
    assert assessments_of(cast_register, other) == ()
    assert [radio.value for radio in app.radio][:SCALES] == [3] * SCALES


def test_a_draft_belongs_to_its_author(visit: Visit, risk: str) -> None:
    pick_everything(assess(visit, "dana", risk))
    assert [radio.value for radio in assess(visit, "eli", risk).radio][:SCALES] == [None] * SCALES
    assert [radio.value for radio in assess(visit, "dana", risk).radio][:SCALES] == [3] * SCALES


def test_the_reason_for_a_high_pick_is_asked_for_and_required(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = pick_everything(assess(visit, "dana", risk), pick=4)
    asked = [text for text in app.text_input if text.label.startswith("Why 4?")]
    assert len(asked) == SCALES
    save(app, "assess")
    assert "a pick of 4 or 5 needs a reason" in said(app)
    assert assessments_of(cast_register, risk) == ()


def test_others_picks_show_only_once_ones_own_are_in(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    an_assessment(cast_register, risk, DANA)
    app = assess(visit, "eli", risk)
    assert "Blind first round" in said(app)
    assert not app.dataframe
    save(pick_everything(app), "assess")
    assert len(assess(visit, "eli", risk).dataframe[0].value) == 2


def test_somebody_who_may_not_assess_is_told_who_may(visit: Visit, risk: str) -> None:
    app = assess(visit, "cleo", risk)
    assert "Cleo may not assess a risk" in said(app)
    assert not app.radio


def test_a_viewer_is_offered_no_form_on_any_page(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    ref = a_placement(cast_register, a_mitigation(cast_register, {risk: (0.5, 0.6, 0.7)}))
    for page, named in (
        ("risks", {}),
        ("risk", {"risk": "R-1"}),
        ("mitigations", {"mitigation": ref}),
        ("scope", {}),
        ("people", {}),
    ):
        app = visit(page, launch="aurora-1", **{"as": "cleo"}, **named)
        assert not app.exception
        assert not [key for key in keys(app) if key.endswith(".save")], page


def test_a_mitigation_is_entered_with_its_effect(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = visit("mitigations", launch="aurora-1", **{"as": "fay"})
    field(app, "text_input", "Title").set_value("Ask twice")
    field(app, "selectbox", "Mechanism").set_value("prevent")
    field(app, "selectbox", "Layer").set_value("product")
    field(app, "multiselect", "Risks that it lowers").set_value([risk])
    app.run()
    for label, share in (("Low", 30.0), ("Best", 40.0), ("High", 60.0)):
        field(app, "number_input", label).set_value(share)
    save(app, "mitigation.new.aurora-1")
    (effect,) = risk_state(cast_register, risk).mitigations
    assert (effect.effect.low, effect.effect.best, effect.effect.high) == (0.3, 0.4, 0.6)
    assert app.title[0].value.replace("\\", "") == "M-1 Ask twice"


def test_shares_that_do_not_rise_are_refused_and_stay_typed(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = visit("mitigations", launch="aurora-1", **{"as": "fay"})
    field(app, "text_input", "Title").set_value("Ask twice")
    field(app, "selectbox", "Mechanism").set_value("prevent")
    field(app, "selectbox", "Layer").set_value("product")
    field(app, "multiselect", "Risks that it lowers").set_value([risk])
    app.run()
    for label in ("Low", "Best", "High"):
        field(app, "number_input", label).set_value({"Low": 90.0}.get(label, 40.0))
    save(app, "mitigation.new.aurora-1")
    assert "the shares must rise" in said(app)
    assert field(app, "text_input", "Title").value == "Ask twice"
    assert not risk_state(cast_register, risk).mitigations


def test_the_owner_of_a_mitigation_is_not_offered_to_verify_it(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    ref = a_mitigation(cast_register, {risk: (0.5, 0.6, 0.7)})
    a_placement(cast_register, ref, status=MitigationStatus.IMPLEMENTED)
    for actor, offered in (("fay", False), ("ada", False), ("ben", True)):
        app = visit("mitigations", launch="aurora-1", mitigation=ref, **{"as": actor})
        assert (f"mitigation.verify.{ref}.aurora-1.save" in keys(app)) is offered, actor


def test_an_edit_of_what_somebody_changed_meanwhile_shows_both_texts(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = visit("risk", launch="aurora-1", risk="R-1", **{"as": "dana"})
    field(app, "text_input", "Title").set_value("Mine").run()
    before = risk_state(cast_register, risk).risk.version
    edit_risk(cast_register, act(BEN), risk, RiskChange(title="Theirs"), before)
    save(app, f"risk.edit.{risk}")
    assert "Somebody changed the risk" in said(app)
    assert "Theirs" in said(app)
    assert field(app, "text_input", "Title").value == "Mine"
    assert risk_state(cast_register, risk).risk.title == "Theirs"


def test_whoever_asked_to_close_a_risk_cannot_confirm_it(
    visit: Visit, cast_register: Store, risk: str
) -> None:
    app = visit("risk", launch="aurora-1", risk="R-1", **{"as": "ben"})
    field(app, "selectbox", "Because").set_value("cannot occur")
    field(app, "text_input", "Why").set_value("The feature was dropped.")
    save(app, f"risk.close.{risk}")
    assert risk_state(cast_register, risk).is_open
    save(app, f"risk.confirm.{risk}")
    assert "asked to close" in said(app)
    assert risk_state(cast_register, risk).is_open


@pytest.mark.parametrize(("owner", "nobody_is_left"), [("ada", False), ("gil", True)])
def test_an_exclusion_that_waits_says_to_everybody_who_may_confirm_it(
    visit: Visit, cast_register: Store, owner: str, nobody_is_left: bool
) -> None:
    a_launch(cast_register, owner=owner)
    a_scope(cast_register, applicability=Applicability.NOT_APPLICABLE, reason="No money moves.")
    told = said(visit("scope", launch="aurora-1", **{"as": "cleo"}))
    assert (
        "Decided by Ben. May confirm: area lead or policy lead, but not Ben (decided it) "
        f"nor {owner.title()} (launch owner)."
    ) in told
    assert ("Nobody active in this register is left who may." in told) == nobody_is_left


def test_an_empty_new_launch_names_what_is_missing(visit: Visit, cast_register: Store) -> None:
    app = visit("new_launch", **{"as": "ben"})
    assert all(box.value is None for box in app.selectbox if box.key != "header.actor")
    save(app, "new_launch")
    for name in ("Name", "Model version", "Exposure asked", "Target date", "Owner"):
        assert f"**{name}**" in said(app)
    assert cast_register.revision() > 0


def test_people_and_teams_are_added_by_those_who_may(visit: Visit, cast_register: Store) -> None:
    app = visit("people", **{"as": "ben"})
    field(app, "text_input", "Name").set_value("Grace Hopper")
    field(app, "multiselect", "Roles").set_value(["assessor"])
    save(app, "person.new")
    assert people(cast_register)["grace-hopper"].name == "Grace Hopper"
    names = [each for each in app.text_input if each.label == "Name"]
    names[1].set_value("Red team")
    field(app, "number_input", "People").set_value(3)
    field(app, "number_input", "Free person-days").set_value(12.5)
    save(app, "team.new")
    assert teams(cast_register)["red-team"].person_days == 12.5


@pytest.mark.usefixtures("demo")
def test_the_calculator_starts_empty_and_adds_up(visit: Visit) -> None:
    app = visit("profile")
    picks = [box for box in app.selectbox if (box.key or "").startswith("profile.")]
    assert [box.value for box in picks] == [None] * (SCALES + 1)
    for box in picks[:SCALES]:
        box.set_value(3)
    app.run()
    assert "Harm score 5.5" in said(app)


@pytest.mark.usefixtures("demo")
def test_the_library_says_which_areas_cover_confabulation(visit: Visit) -> None:
    app = visit("areas")
    app.selectbox(key="areas.taxonomy").set_value("nist_600_1").run()
    app.selectbox(key="areas.item").set_value("GAI-2").run()
    assert "Confabulation is covered by: " in said(app)


@pytest.mark.usefixtures("demo")
def test_the_report_offers_six_formats_a_bundle_and_prints_what_is_not_recorded(
    visit: Visit,
) -> None:
    app = visit("report", launch="gpt-4v-2023-09")
    buttons = app.get("download_button")
    assert len(buttons) == 7
    assert "Readiness bundle of S-1, .zip" in repr(buttons[-1])
    assert "Not yet recorded" in said(app)
    assert "Audit chain: " in said(app)


@pytest.fixture
def data_folder(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the demo in it, as `holdpoint serve` leaves it at first."""
    shutil.copy(demo_template, tmp_path / "demo.db")
    monkeypatch.delenv("HOLDPOINT_DATABASE_URL", raising=False)
    monkeypatch.setenv("HOLDPOINT_DATA_DIR", str(tmp_path))
    return tmp_path


def test_an_own_register_starts_beside_the_demo_and_is_opened_from_then_on(
    visit: Visit, data_folder: Path
) -> None:
    app = visit()
    app.button(key="header.start_own").click().run()
    assert field(app, "multiselect", "Roles").value == []
    field(app, "text_input", "Name").set_value("Grace Hopper")
    field(app, "multiselect", "Roles").set_value(["policy lead"])
    save(app, "own_register")
    assert (data_folder / "register.db").exists()
    assert (data_folder / "demo.db").exists()
    opened = visit()
    assert "Own register" in words(opened)
    assert not opened.exception


@pytest.mark.usefixtures("demo")
def test_a_named_database_is_explained_and_nothing_else_is_started(visit: Visit) -> None:
    app = visit()
    app.button(key="header.start_own").click().run()
    assert "HOLDPOINT_DATABASE_URL" in said(app)
    assert "own_register.save" not in keys(app)
