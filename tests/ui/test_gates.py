"""Gates on the screen: written, tightened, attested, waived and withdrawn, each by whom it may."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN
from tests.conftest import QueryCounter
from tests.evidence_factories import METRIC, TASK, TOOL, a_gate, a_metric, a_run, an_attested_gate
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import keys, said, save
from tracker.domain.gate_drafts import GateChange
from tracker.domain.gate_state import FrontierStatus, GateStatus
from tracker.domain.state import LaunchState
from tracker.domain.words import GateState, Scale, ThresholdOutcome
from tracker.readers.profile import packaged_profile
from tracker.services.gates import edit_gate
from tracker.services.launch_state import launch_state
from tracker.settings import load_settings
from tracker.store.engine import Store
from tracker.ui.session import open_register

GPT_4V = "gpt-4v-2023-09"
NEW = "gate.new.aurora-1"
IN_A_MONTH = datetime.now(UTC).date() + timedelta(days=30)


def open_gates(visit: Visit, actor: str, launch: str = AURORA, gate: str = "") -> AppTest:
    named = {"gate": gate} if gate else {}
    app = visit("gates", launch=launch, **{"as": actor}, **named)
    assert not app.exception
    return app


def state_of(store: Store, launch: str = AURORA) -> LaunchState:
    return launch_state(store, packaged_profile(), datetime.now(UTC).date(), launch)


def gate_of(store: Store, short: str, launch: str = AURORA) -> GateStatus:
    return next(one for one in state_of(store, launch).gates if one.gate.short_ref == short)


def put(app: AppTest, form: str, **values: Any) -> AppTest:
    """Type or choose what the first round of a form asks for."""
    for name, value in values.items():
        field: Any = next(
            drawn
            for kind in ("selectbox", "text_input", "text_area", "number_input", "date_input",
                         "multiselect", "checkbox")
            for drawn in app.get(kind)
            if drawn.key == f"{form}.{name}.0"
        )  # fmt: skip
        app = field.set_value(value).run()
        assert not app.exception
    return app


@pytest.fixture
def aurora(cast_register: Store) -> Store:
    """A register with one launch of Ada's, a metric that is defined, and a run."""
    a_launch(cast_register)
    a_metric(cast_register)
    a_run(cast_register)
    return cast_register


def measured(app: AppTest, **fields: Any) -> AppTest:
    values: dict[str, Any] = {
        "title": "Refuses jailbreaks",
        "area": "fraud_scams",
        "kind": "measured",
        "must_pass": "must",
        "definition": f"{TOOL}\N{UNIT SEPARATOR}{METRIC}",
        "task": TASK,
        "configuration": "as shipped",
        "threshold": 0.98,
        "confidence": "0.95",
        "coverage": "overall",
    }
    return put(app, NEW, **(values | fields))


def test_a_gate_written_by_hand_opens_and_says_what_would_settle_it(
    visit: Visit, aurora: Store
) -> None:
    app = save(measured(open_gates(visit, "ben"), min_n=300), NEW)
    assert app.title[0].value.startswith("G\\-1")
    assert "Because: observed 95 %, not ≥ 98 %." in said(app)
    assert gate_of(aurora, "G-1").gate.min_n == 300


@pytest.mark.usefixtures("aurora")
def test_what_a_threshold_takes_is_said_while_it_is_typed(visit: Visit) -> None:
    app = measured(open_gates(visit, "ben"))
    assert "It asks for ≥ 98 % of “refusal rate” (higher is better)." in said(app)
    assert "with no failure 149 would do, with 3 failures 386" in said(app)
    app = put(app, NEW, min_n=50)
    assert "With 50 prompts the best that this gate can ever show is ≥ 94.1 %." in said(app)
    app = put(app, NEW, min_n=149)
    assert "can ever show" not in said(app)


@pytest.mark.usefixtures("aurora")
def test_a_template_fills_in_and_shows_published_examples(visit: Visit) -> None:
    app = put(open_gates(visit, "ben"), NEW, template="harmful-requests-refused")
    assert "GPT" in said(app) or "Claude" in said(app)
    assert "no publisher set it" in said(app)
    app = app.button(key=f"{NEW}.fill").click().run()
    assert app.number_input(key=f"{NEW}.threshold.0").value == 0.98
    assert app.number_input(key=f"{NEW}.min_n.0").value == 300
    assert app.selectbox(key=f"{NEW}.area.0").value == "illicit_goods"


def test_a_template_in_another_scale_than_the_metric_is_pointed_out(
    visit: Visit, aurora: Store
) -> None:
    a_metric(aurora, "percent refused", scale=Scale.PERCENT)
    app = put(open_gates(visit, "ben"), NEW, template="harmful-requests-refused")
    app = app.button(key=f"{NEW}.fill").click().run()
    app = put(app, NEW, definition=f"{TOOL}\N{UNIT SEPARATOR}percent refused")
    assert "Fit the threshold to it" in said(app)
    assert "It asks for ≥ 0.98 %" in said(app)


def test_a_metric_that_nobody_defined_is_refused_with_the_way_to_define_it(
    visit: Visit, aurora: Store
) -> None:
    a_run(aurora, AURORA, {"metric": "toxicity"})
    app = measured(
        open_gates(visit, "ben"), definition=f"{TOOL}\N{UNIT SEPARATOR}toxicity", task=TASK
    )
    assert "Nobody has said yet which way this metric is good" in said(app)
    app = save(app, NEW)
    assert "nobody has said yet which way “toxicity” of Inspect is good" in said(app)
    assert state_of(aurora).gates == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": None}, "Title"),
        ({"threshold": 98.0}, "98 is no share"),
        ({"threshold": None}, "configuration and threshold; missing: threshold"),
        ({"margin": 0.1}, "a baseline and the margin against it are given together"),
        ({"baseline": "aurora-1/E-2", "margin": 0.1}, "aurora-1/E-2 has no jailbreaks, refusal"),
        ({"baseline": "aurora-1/E-1", "margin": 2.0}, "more than a share"),
        ({"must_pass": None}, "Must pass"),
        ({"area": None}, "Area"),
    ],
)
def test_wrong_input_is_refused_in_words_and_kept(
    visit: Visit, aurora: Store, fields: dict[str, Any], words: str
) -> None:
    a_run(aurora, AURORA, {"metric": "toxicity"})
    app = measured(open_gates(visit, "ben"))
    for name, value in fields.items():
        kept = value if value is not None else ("" if name == "title" else None)
        app = put(app, NEW, **{name: kept})
    app = save(app, NEW)
    assert words in said(app)
    assert state_of(aurora).gates == ()
    assert str(app.selectbox(key=f"{NEW}.definition.0").value).endswith(METRIC)


def test_a_gate_is_tightened_and_never_loosened(visit: Visit, aurora: Store) -> None:
    ref = a_gate(aurora, min_n=100)
    form = f"gate.edit.{ref}"
    app = open_gates(visit, "ben", gate="G-1")
    looser = save(put(app, form, threshold=0.8), form)
    assert "let worse values pass" in said(looser)
    fewer = save(put(looser, form, threshold=0.9, min_n=50), form)
    assert "let fewer samples do" in said(fewer)
    save(put(fewer, form, threshold=0.93, min_n=100), form)
    assert gate_of(aurora, "G-1").gate.threshold == 0.93


def test_a_stale_edit_of_two_tabs_shows_what_is_there_now(visit: Visit, aurora: Store) -> None:
    ref = a_gate(aurora)
    form = f"gate.edit.{ref}"
    app = open_gates(visit, "ben", gate="G-1")
    edit_gate(aurora, act(BEN), ref, GateChange(threshold=0.97), 1)
    app = save(put(app, form, threshold=0.95), form)
    assert "What the register holds now" in said(app)
    assert "≥ 97 %" in said(app)
    assert gate_of(aurora, "G-1").gate.threshold == 0.97


def test_a_booked_run_turns_missing_into_planned(visit: Visit, aurora: Store) -> None:
    ref = a_gate(aurora, task="another task")
    app = open_gates(visit, "dana", gate="G-1")
    save(put(app, f"gate.plan.{ref}", on=IN_A_MONTH, by="dana", n=200), f"gate.plan.{ref}")
    assert gate_of(aurora, "G-1").state is GateState.PLANNED


def test_a_word_needs_the_hash_of_its_document(visit: Visit, aurora: Store) -> None:
    ref = an_attested_gate(aurora)
    form = f"gate.attest.{ref}"
    app = open_gates(visit, "ben", gate="G-1")
    app = put(app, form, met="met", statement="Read it today, whole.", document="Minutes",
              document_sha256="no hash", expires=IN_A_MONTH)  # fmt: skip
    app = save(app, form)
    assert "Document sha256" in said(app)
    app = save(put(app, form, document_sha256="a" * 64), form)
    assert gate_of(aurora, "G-1").state is GateState.PASSED
    assert "attested until" in said(app)


def test_a_file_gives_its_hash_and_is_not_kept(visit: Visit, aurora: Store) -> None:
    ref = an_attested_gate(aurora)
    app = open_gates(visit, "ben", gate="G-1")
    uploader: Any = app.get("file_uploader")[0]
    app = uploader.upload("minutes.txt", b"abc", "text/plain").run()
    kept = app.text_input(key=f"gate.attest.{ref}.document_sha256.0").value
    assert kept == sha256(b"abc").hexdigest()


@pytest.mark.usefixtures("demo")
def test_a_waiver_signed_by_both_lies_over_a_state_that_stays(visit: Visit, demo: Store) -> None:
    app = open_gates(visit, "approver", GPT_4V, "G-3")
    app = save(app, "waiver.sign.2")
    assert "waived until" in said(app)
    assert ": inconclusive]" in said(app)
    assert "holds the launch" not in said(app)
    status = gate_of(demo, "G-3", GPT_4V)
    assert (status.state, status.waived) == (GateState.INCONCLUSIVE, True)
    refused = save(open_gates(visit, "reviewer-1", GPT_4V, "G-3"), "waiver.end.2")
    assert "reason" in said(refused).casefold()
    assert gate_of(demo, "G-3", GPT_4V).waived
    save(put(refused, "waiver.end.2", reason="The run is in."), "waiver.end.2")
    assert not gate_of(demo, "G-3", GPT_4V).waived


@pytest.mark.usefixtures("demo")
def test_who_asked_is_not_offered_to_sign_and_others_are_offered_nothing(visit: Visit) -> None:
    asker = keys(open_gates(visit, "eng-safety-systems", GPT_4V, "G-3"))
    assert not [key for key in asker if key.startswith("waiver.sign")]
    auditor = keys(open_gates(visit, "auditor", GPT_4V, "G-3"))
    assert not [key for key in auditor if key.endswith(".save")]


def test_a_waiver_is_asked_for_with_a_reason_and_what_compensates(
    visit: Visit, aurora: Store
) -> None:
    ref = a_gate(aurora, threshold=0.99)
    form = f"waiver.ask.{ref}"
    app = save(open_gates(visit, "ada", gate="G-1"), form)
    assert "Not saved" in said(app)
    app = put(app, form, reason="The run takes two weeks.", compensation="We read every answer.",
              until=IN_A_MONTH)  # fmt: skip
    app = save(app, form)
    assert "waiver asked: not yet signed by" in said(app)


@pytest.mark.usefixtures("demo")
def test_a_gate_of_zero_tolerance_cannot_be_waived(visit: Visit) -> None:
    app = open_gates(visit, "policy-lead", "dall-e-3-2023-10", "G-7")
    assert "zero-tolerance area cannot be waived" in said(app)
    assert not [key for key in keys(app) if key.startswith("waiver")]


@pytest.mark.usefixtures("demo")
def test_a_withdrawal_counts_once_a_second_person_confirms_it(visit: Visit, demo: Store) -> None:
    ref = f"{GPT_4V}/G-5"
    app = open_gates(visit, "policy-lead", GPT_4V, "G-5")
    app = put(app, f"gate.withdraw.{ref}", reason="G-12 asks for more of the same.")
    app = save(app, f"gate.withdraw.{ref}")
    assert "asks to withdraw this gate" in said(app)
    assert gate_of(demo, "G-5", GPT_4V).holds
    own = save(app, f"gate.confirm.{ref}")
    assert "A second person" in said(own)
    app = save(open_gates(visit, "red-team-lead", GPT_4V, "G-5"), f"gate.confirm.{ref}")
    assert ":material/gavel: withdrawn]" in said(app)
    assert gate_of(demo, "G-5", GPT_4V).gate.withdrawn


def test_safety_without_its_twin_is_pointed_out(visit: Visit, aurora: Store) -> None:
    a_gate(aurora)
    alone = "G-1 could be passed by refusing everything"
    assert alone in said(open_gates(visit, "ben"))
    a_gate(aurora, area="over_refusal")
    assert alone not in said(open_gates(visit, "ben"))


def frontier_of(store: Store, area: str) -> FrontierStatus:
    return next(one for one in state_of(store, GPT_4V).frontier if one.area.code == area)


@pytest.mark.usefixtures("demo")
def test_a_lowered_determination_waits_for_a_second_person(visit: Visit, demo: Store) -> None:
    form = f"frontier.{GPT_4V}"
    app = open_gates(visit, "policy-lead", GPT_4V)
    app = put(app, form, area="manipulation_elections", outcome="below", confidence="low",
              rationale="The study was repeated and showed nothing.")  # fmt: skip
    app = save(app, form)
    before = frontier_of(demo, "manipulation_elections")
    assert before.standing
    assert before.standing.outcome is ThresholdOutcome.CANNOT_RULE_OUT
    assert before.pending is not None
    assert "determines Manipulation" in said(app)
    app = open_gates(visit, "red-team-lead", GPT_4V)
    save(app, f"frontier.confirm.{before.pending.id}")
    after = frontier_of(demo, "manipulation_elections")
    assert after.standing
    assert after.standing.outcome is ThresholdOutcome.BELOW


@pytest.mark.usefixtures("aurora")
def test_a_gate_that_is_not_there_is_said_in_words(visit: Visit) -> None:
    assert "G-99" in said(open_gates(visit, "ben", gate="G-99"))


@pytest.mark.parametrize("gate", ["", "G-1"])
def test_the_page_asks_as_little_of_many_gates_as_of_one(
    visit: Visit, aurora: Store, query_counter: QueryCounter, gate: str
) -> None:
    counts: list[int] = []
    for more in (1, 40):
        for _ in range(more):
            a_gate(aurora)
            a_run(aurora)
        with query_counter(open_register(load_settings())) as counted:
            open_gates(visit, "ben", gate=gate)
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert counts[0] <= 60


def test_a_second_person_confirms_on_the_page_what_was_written_after_its_evidence(
    visit: Visit, aurora: Store
) -> None:
    a_gate(aurora, after_run=1, threshold=0.8)
    late = f"gate.late.{AURORA}/G-1"
    refused = save(open_gates(visit, "ben", gate="G-1"), late)
    assert "Ben wrote" in refused.error[0].value
    assert f"{late}.save" not in keys(open_gates(visit, "dana", gate="G-1"))
    app = open_gates(visit, "hana", gate="G-1")
    assert "written after its evidence" in said(app)
    save(app, late)
    assert gate_of(aurora, "G-1").gate.confirmed_by == "hana"
