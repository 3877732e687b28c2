"""The page of evidence: who is offered what, what is refused in words, what the ledger says."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN
from tests.factories import a_launch
from tests.services.evidence_files import (
    METRIC,
    TOOL,
    a_file,
    a_reading,
    a_run,
    imported,
)
from tests.ui.conftest import Visit
from tests.ui.test_entering_pages import field, keys, said, save
from tracker.domain.words import EvidenceFlag
from tracker.services.metrics import metric_definitions
from tracker.store import queries
from tracker.store.engine import Store

RESULTS = Path("tests/data/evidence")
INSPECT = RESULTS / "inspect/inspect-0.3.285-refusals.eval"
JUNIT = RESULTS / "promptfoo/promptfoo-0.123.1-smoke.junit.xml"
IMPORT, DEFINE = "import.aurora-1", "metric.aurora-1"
E1 = "aurora-1/E-1"


@pytest.fixture
def register(cast_register: Store) -> Store:
    """A register with a launch of Ada."""
    a_launch(cast_register)
    return cast_register


def page(visit: Visit, actor: str = "dana", **named: str) -> AppTest:
    app = visit("evidence", launch="aurora-1", **{"as": actor}, **named)
    assert not app.exception
    return app


def upload(app: AppTest, *files: Path) -> AppTest:
    for file in files:
        app.file_uploader[0].upload(file.name, file.read_bytes())
    return app.run()


@pytest.mark.usefixtures("register")
def test_an_empty_ledger_says_what_to_drop_where(visit: Visit) -> None:
    app = page(visit)
    assert app.title[0].value == "No results on record"
    assert "Drop result files of Inspect" in said(app)


@pytest.mark.usefixtures("register")
def test_who_may_only_read_is_offered_no_import_and_no_definition(visit: Visit) -> None:
    app = page(visit, "cleo")
    assert len(app.file_uploader) == 0
    assert not {f"{IMPORT}.save", f"{DEFINE}.save"} & keys(app)


def test_an_import_is_previewed_taken_in_and_said_until_it_is_dismissed(
    visit: Visit, register: Store
) -> None:
    app = upload(page(visit), INSPECT)
    assert "1 run found: 1 new" in said(app)
    assert app.button(key=f"{IMPORT}.save").label == "Import 1 run"
    app = save(app, IMPORT)
    assert not app.exception
    assert "1 run taken in: E-1. None of 5 metrics counts." in said(app)
    assert app.title[0].value == "5 metrics of 1 run, none counts today, 5 about another release"
    with register.reading() as session:
        assert queries.get_run(session, E1).run.file_name == INSPECT.name
    app = app.button(key="import.dismiss").click().run()
    assert "taken in" not in said(app)


@pytest.mark.usefixtures("register")
def test_what_the_importer_states_changes_the_preview(visit: Visit) -> None:
    app = upload(page(visit), INSPECT)
    field(app, "selectbox", "System safeguards").set_value("off")
    app = save(app.run(), IMPORT)
    app = page(visit, run="E-1")
    facts = app.table[0].value
    assert "off" in facts.to_numpy().ravel().tolist()


@pytest.mark.usefixtures("register")
def test_a_refused_file_is_named_and_keeps_the_others_out(visit: Visit) -> None:
    app = upload(page(visit), INSPECT, JUNIT)
    assert "Nothing is taken in while a file is refused." in said(app)
    assert f"{JUNIT.name}, whole file: is a JUnit report" in said(app)
    assert f"{IMPORT}.save" not in keys(app)


def test_a_metric_is_defined_by_one_choice_of_tool_and_metric(
    visit: Visit, register: Store
) -> None:
    imported(register, a_file("a.eval", a_run(a_reading(higher_is_better=True))))
    app = page(visit, "ben")
    field(app, "selectbox", "Tool and metric").set_value(f"{TOOL}: {METRIC}")
    app = app.run()
    assert "The file says: higher is better." in said(app)
    assert field(app, "selectbox", "Which way is good").value is None
    field(app, "selectbox", "Which way is good").set_value("higher is better")
    field(app, "selectbox", "Values are").set_value("share from 0 to 1")
    app = save(app, DEFINE)
    assert [(one.tool, one.metric) for one in metric_definitions(register)] == [(TOOL, METRIC)]


def test_a_definition_of_no_metric_is_refused_in_words(visit: Visit, register: Store) -> None:
    imported(register)
    app = save(page(visit, "ben"), DEFINE)
    assert "choose one, or write it as “tool: metric”" in said(app)
    assert metric_definitions(register) == ()


def test_a_run_that_is_not_there_is_said(visit: Visit, register: Store) -> None:
    imported(register)
    assert "E-9" in said(page(visit, run="E-9"))


def test_a_run_says_its_hash_and_who_must_confirm_it(visit: Visit, register: Store) -> None:
    flags = frozenset({EvidenceFlag.SELF_REPORTED})
    imported(register, a_file("a.csv", a_run(flags=flags)))
    app = page(visit, "ben", run="E-1")
    with register.reading() as session:
        assert app.code[0].value == queries.get_run(session, E1).run.sha256
    assert "Self-reported: it passes no gate until" in said(app)
    field(app, "text_area", "How you compared").set_value("Held against the card.")
    app = save(app, f"run.confirm.{E1}")
    assert "it passes no gate until" not in said(app)
    with register.reading() as session:
        assert queries.get_run(session, E1).run.confirmations[0].confirmed_by == "ben"


def test_who_imported_a_run_is_told_that_somebody_else_has_to_say_why_it_counts(
    visit: Visit, register: Store
) -> None:
    imported(register, a_file("a.eval", a_run(model="v0")), a_file("b.eval", a_run(model="v0")))
    imported(register, a_file("c.eval", a_run(model="v0")), by=BEN)
    app = page(visit, "ben", run="E-3")
    assert f"run.same.{E1[:-1]}3.save" not in keys(app)
    assert "You imported this run; somebody else has to record why it counts." in said(app)
    app = page(visit, "ben", run="E-1")
    field(app, "text_area", "Why the result holds").set_value("The same weights.")
    field(app, "multiselect", "It holds for these").set_value(["aurora-1/E-2"])
    app = save(app, f"run.same.{E1}")
    for ref in (E1, "aurora-1/E-2"):
        with register.reading() as session:
            assert queries.get_run(session, ref).run.equivalences[0].reason == "The same weights."


def test_evidence_is_taken_back_with_a_reason_and_not_without(
    visit: Visit, register: Store
) -> None:
    imported(register)
    app = page(visit, run="E-1")
    app = save(app, f"run.withdraw.{E1}")
    assert app.error
    field(app, "text_area", "Why the run is withdrawn").set_value("Made with the wrong data.")
    app = save(app, f"run.withdraw.{E1}")
    assert not {f"run.withdraw.{E1}.save", f"run.correct.{E1}.save"} & keys(app)
    with register.reading() as session:
        found = queries.get_run(session, E1).evidence[0]
    assert found.corrections[0].reason == "Made with the wrong data."


def test_a_metric_is_moved_to_another_task(visit: Visit, register: Store) -> None:
    imported(register, a_file(), a_file("b.eval", a_run(a_reading(task="fraud"))))
    app = page(visit, run="E-1")
    field(app, "selectbox", "It is").set_value("re-mapped")
    app = app.run()
    field(app, "selectbox", "Task that").set_value("fraud")
    field(app, "selectbox", "Metric that").set_value(METRIC)
    field(app, "text_area", "Why it is taken back").set_value("Misnamed.")
    save(app, f"run.correct.{E1}")
    with register.reading() as session:
        correction = queries.get_run(session, E1).evidence[0].corrections[0]
    assert (correction.task, correction.metric) == ("fraud", METRIC)
