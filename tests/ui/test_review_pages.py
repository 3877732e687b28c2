"""Review and meeting on the screen: who is offered what, what is signed, and what stays open."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN, DANA
from tests.factories import AURORA, an_assessment
from tests.services.reviewing import AREA, CRITICAL, REV
from tests.ui.conftest import Visit
from tests.ui.review_scene import (
    acting,
    all_signed_today,
    objected_today,
    ready_today,
    review_today,
    seen_today,
    today,
)
from tests.ui.test_entering_pages import keys, said, save
from tests.ui.test_gates import put
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.review_words import Outcome, Vote
from tracker.domain.words import EvidenceGrade, ExposureStage
from tracker.services.reviews import set_meeting
from tracker.store.engine import Store
from tracker.views import meeting, review

GPT_4V, GPT_4, DALLE_3 = "gpt-4v-2023-09", "gpt-4-2023-03", "dall-e-3-2023-10"
AS_LEAD = f"sign_off.{REV}.area lead.{AREA}"
AS_APPROVER = f"sign_off.{REV}.approver.None"
DECIDE = f"decide.{REV}"
ADVISE = f"recommend.{REV}"


def show(visit: Visit, actor: str, page: str = "review", launch: str = AURORA) -> AppTest:
    app = visit(page, launch=launch, **{"as": actor})
    assert not app.exception
    return app


def entered(app: AppTest, form: str) -> Iterator[Any]:
    """What each field of a form holds."""
    for kind in ("selectbox", "text_area", "text_input", "multiselect", "date_input"):
        drawn: Any = app.get(kind)
        yield from (field.value for field in drawn if str(field.key).startswith(f"{form}."))


def column(app: AppTest, name: str) -> list[Any]:
    return [x for table in app.dataframe if name in table.value.columns for x in table.value[name]]


@pytest.mark.usefixtures("demo")
def test_the_demo_shows_what_keeps_a_launch_out_and_offers_no_start(visit: Visit) -> None:
    app = show(visit, "policy-lead", launch=DALLE_3)
    assert app.title[0].value == "Not in review: 3 points to settle first"
    told = said(app)
    assert told.count(f": {review.UNSETTLED}]") == 3
    assert f"{review.GOES_OPEN}] 1 Critical risk" in told
    assert "A review can be started once no point keeps the launch out of it." in told
    assert f"review.start.{DALLE_3}.save" not in keys(app)


@pytest.mark.usefixtures("demo")
def test_the_demo_says_who_owes_which_signatures_once_per_person(visit: Visit) -> None:
    told = said(show(visit, "auditor", launch=GPT_4V))
    assert "Red-team lead; verifies what others built has not answered for 5 policy areas" in told
    assert "Accountable executive, approver, has not signed" in told
    assert "may decide" not in told
    assert ILLUSTRATIVE_LABEL in told


@pytest.mark.usefixtures("demo")
def test_the_demo_shows_a_decision_against_the_verdict_as_one(visit: Visit) -> None:
    app = show(visit, "auditor", launch=GPT_4)
    assert app.title[0].value.endswith("against advice or verdict")
    assert app.header[0].value == "Before the next review"
    assert review.NOBODY_SIGNED in said(app)


def test_a_review_is_started_by_the_policy_lead_alone(visit: Visit, cast_register: Store) -> None:
    ready_today(cast_register)
    form = f"review.start.{AURORA}"
    assert f"{form}.save" not in keys(show(visit, "dana"))
    app = show(visit, "ben")
    assert list(entered(app, form)) == [None]
    app = save(put(app, form, meeting_on=today().date() + timedelta(days=2)), form)
    assert app.title[0].value == "In review: 0 of 3 required signatures"
    assert seen_today(cast_register).review.meeting_on == today().date() + timedelta(days=2)


@pytest.mark.parametrize("actor", ["ada", "cleo", "dana"])
def test_whoever_has_no_seat_and_no_right_is_offered_nothing(
    visit: Visit, cast_register: Store, actor: str
) -> None:
    review_today(cast_register)
    app = show(visit, actor)
    assert not [key for key in keys(app) if key.endswith(".save")]
    assert review.NO_PART in said(app)


@pytest.mark.parametrize(("actor", "form"), [("gil", AS_LEAD), ("fay", AS_APPROVER)])
def test_nothing_is_chosen_beforehand(
    visit: Visit, cast_register: Store, actor: str, form: str
) -> None:
    review_today(cast_register)
    app = show(visit, actor)
    assert [each for each in entered(app, form) if each] == []
    app = save(app, form)
    assert "Vote" in said(app)
    assert seen_today(cast_register).sign_offs == ()


def test_a_decision_and_a_recommendation_start_empty(visit: Visit, cast_register: Store) -> None:
    review_today(cast_register)
    assert [each for each in entered(show(visit, "fay"), DECIDE) if each] == []
    assert [each for each in entered(show(visit, "hana"), ADVISE) if each] == []


def test_a_signature_says_before_and_after_that_nobody_proved_who_gave_it(
    visit: Visit, cast_register: Store
) -> None:
    review_today(cast_register)
    app = show(visit, "gil")
    assert "Your signature will say: identity not authenticated." in said(app)
    app = save(put(app, AS_LEAD, vote=str(Vote.APPROVE)), AS_LEAD)
    assert app.title[0].value == "In review: 1 of 3 required signatures"
    assert column(app, "identity") == ["identity not authenticated"]
    assert "Gil has not answered" not in said(app)


def test_an_objection_needs_what_would_change_it_and_waits_for_an_answer(
    visit: Visit, cast_register: Store
) -> None:
    review_today(cast_register)
    form = f"sign_off.{REV}.reviewer.None"
    app = put(show(visit, "hana"), form, vote=str(Vote.OBJECT))
    app = save(put(app, form, dissent="The pilot was too small."), form)
    assert seen_today(cast_register).sign_offs == ()
    app = save(put(app, form, would_change="A pilot with 1000 people."), form)
    assert "No answer yet; a decision waits for one." in said(app)
    assert "the objection of Hana has no written answer" in said(app)
    assert not [key for key in keys(app) if key.startswith("objection.")]


def test_an_objection_is_answered_and_stays(visit: Visit, cast_register: Store) -> None:
    form = f"objection.{objected_today(cast_register)}"
    assert f"{form}.save" not in keys(show(visit, "dana"))
    app = save(put(show(visit, "ben"), form, answer="We took a pilot of 2000."), form)
    told = said(app)
    assert "Answer by Ben" in told
    assert "The pilot was too small." in told
    assert "has no written answer" not in told
    assert f"{form}.save" not in keys(app)


def test_nobody_signs_what_changed_before_there_is_a_new_snapshot(
    visit: Visit, cast_register: Store
) -> None:
    all_signed_today(cast_register)
    an_assessment(cast_register, f"{AURORA}/R-1", DANA, CRITICAL, at=today(), grade=EvidenceGrade.A)
    app = show(visit, "gil")
    assert f"{AS_LEAD}.save" not in keys(app)
    assert "nobody signs before the policy lead takes a new snapshot" in said(app)
    assert "- R-1 rose from Very low to Critical" in said(app)
    assert review.STALE in said(app)
    assert "R-1 rose from Very low to Critical" in column(app, "words")
    app = save(show(visit, "ben"), f"review.renew.{REV}")
    assert seen_today(cast_register).snapshot.short_ref == "S-2"
    assert "In review: 0 of 3 required signatures" in app.title[0].value


def test_a_recommendation_stands_beside_the_verdict(visit: Visit, cast_register: Store) -> None:
    review_today(cast_register)
    app = put(
        show(visit, "hana"),
        ADVISE,
        outcome=str(Outcome.RESTRICTED),
        exposure_stage=str(ExposureStage.LIMITED_PREVIEW),
        reason="R-2 may be Critical.",
    )
    app = save(app, ADVISE)
    assert "restricted (limited preview)" in said(app)
    assert "Hana, identity not authenticated" in said(app)
    assert "Ready with conditions" in said(app)


def test_a_decision_is_refused_while_something_is_missing(
    visit: Visit, cast_register: Store
) -> None:
    review_today(cast_register)
    app = save(deciding(show(visit, "fay")), DECIDE)
    assert app.error
    assert seen_today(cast_register).decisions == ()
    assert app.text_area(key=f"{DECIDE}.reason.0").value == "The preview shows it."


def deciding(app: AppTest) -> AppTest:
    return put(
        app,
        DECIDE,
        outcome=str(Outcome.RESTRICTED),
        exposure_stage=str(ExposureStage.LIMITED_PREVIEW),
        until=today().date() + timedelta(days=60),
        reason="The preview shows it.",
    )


def test_the_approver_decides_once_everything_is_there(visit: Visit, cast_register: Store) -> None:
    all_signed_today(cast_register)
    assert f"{DECIDE}.save" not in keys(show(visit, "ben"))
    app = show(visit, "fay")
    assert "Everything asked for is there: Fay may decide." in said(app)
    app = save(deciding(app), DECIDE)
    assert app.title[0].value.startswith("Restricted for limited preview until")
    assert "The last review, REV-1" in [head.value for head in app.header]
    assert f"{DECIDE}.save" not in keys(app)


def test_conditions_raised_with_a_signature_are_proposed_to_whoever_decides(
    visit: Visit, cast_register: Store
) -> None:
    review_today(cast_register)
    app = put(show(visit, "gil"), AS_LEAD, vote=str(Vote.APPROVE_WITH_CONDITIONS))
    app = put(app, AS_LEAD, conditions=1)
    assert [each for each in entered(app, AS_LEAD) if each] == [str(Vote.APPROVE_WITH_CONDITIONS)]
    app = put(
        app,
        AS_LEAD,
        text0="Watch the abuse reports each week.",
        test0="Four weekly reports are on record.",
        owner0="dana",
        due0=today().date() + timedelta(days=30),
        blocking0="later",
    )
    app = save(app, AS_LEAD)
    assert column(app, "decision") == ["proposed"]
    chooser = show(visit, "fay").multiselect(key=f"{DECIDE}.takes_over.0")
    assert (chooser.options, chooser.value) == (["C-1 Watch the abuse reports each week."], [])


def test_closing_a_review_needs_a_reason(visit: Visit, cast_register: Store) -> None:
    review_today(cast_register)
    form = f"review.close.{REV}"
    app = save(show(visit, "ben"), form)
    assert seen_today(cast_register).review.closed_at is None
    save(put(app, form, reason="The launch is called off."), form)
    assert seen_today(cast_register).review.closed_because == "The launch is called off."


def test_an_edit_of_the_meeting_day_that_came_too_late_is_shown(
    visit: Visit, cast_register: Store
) -> None:
    review_today(cast_register)
    form = f"review.meeting.{REV}"
    app = show(visit, "ben")
    day = today().date() + timedelta(days=5)
    set_meeting(cast_register, acting(BEN), REV, day, 1)
    app = save(put(app, form, meeting_on=day + timedelta(days=1)), form)
    assert "What the register holds now" in said(app)
    assert seen_today(cast_register).review.meeting_on == day


def test_without_an_open_review_there_is_no_meeting(visit: Visit, cast_register: Store) -> None:
    ready_today(cast_register)
    app = show(visit, "ben", "meeting")
    assert app.title[0].value == "No meeting"
    assert meeting.NO_REVIEW in said(app)


def test_a_meeting_begins_with_the_dispute_and_walks_on(visit: Visit, cast_register: Store) -> None:
    objected_today(cast_register)
    app = show(visit, "ben", "meeting")
    heads = [head.value for head in app.header]
    assert heads == ["Disputed", "Decisions needed", "Hana objects", "Minutes"]
    assert "Item 1 of 3" in said(app)
    app = app.button(key="meeting.next").click().run()
    assert app.query_params["item"] == "2"
    assert "R\\-2 Impersonates a bank: Moderate today" in [head.value for head in app.header]
    assert "Gil settles the assessment" in said(app)
    app = app.button(key="meeting.previous").click().run()
    assert "Hana objects" in [head.value for head in app.header]


def test_a_line_of_the_minutes_is_about_the_present_item(
    visit: Visit, cast_register: Store
) -> None:
    number = objected_today(cast_register)
    form = f"minutes.{REV}.objection {number}"
    app = show(visit, "ben", "meeting")
    app.text_input(key=f"{form}.text.0").set_value("Ask for the second site.")
    app = save(app, form)
    assert column(app, "text") == ["Ask for the second site."]
    (note,) = seen_today(cast_register).notes
    assert (note.item, note.written_by) == (f"objection {number}", "ben")


def test_whoever_only_reads_may_not_write_minutes(visit: Visit, cast_register: Store) -> None:
    review_today(cast_register)
    assert not [key for key in keys(show(visit, "cleo", "meeting")) if key.endswith(".save")]


@pytest.mark.parametrize("named", ["0", "99", "x", "-1"])
def test_an_address_with_a_wrong_item_shows_one_that_is_there(
    visit: Visit, cast_register: Store, named: str
) -> None:
    review_today(cast_register)
    app = visit("meeting", launch=AURORA, item=named, **{"as": "ben"})
    assert not app.exception
    assert " of 2" in said(app)
