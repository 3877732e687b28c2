"""What is withheld is on no page of its launch for those who may not see it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from google.protobuf.message import Message
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from tests.cast import BEN, DANA, FAY, GIL, TODAY
from tests.factories import (
    AURORA,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
    stamp,
)
from tests.services.acts import a_launch_draft, act, risk_state
from tests.services.evidence_files import OFFICER, a_file, a_reading, a_run, imported
from tests.services.reviewing import AREA, METHOD, REV, a_ready_launch, signed
from tests.ui.conftest import Visit
from tracker.domain.drafts import RiskChange
from tracker.domain.review_drafts import AcceptanceDraft, DroppedRisk
from tracker.domain.review_words import WithheldClass
from tracker.services.acceptances import ask_acceptance
from tracker.services.launches import clone_launch
from tracker.services.reviews import renew_snapshot, start_review
from tracker.services.risks import edit_risk
from tracker.services.withholding import withhold_risk, withhold_run
from tracker.store.engine import Store
from tracker.store.tables import MitigationEffect

SECRET = "quixotrope"
FIGURES = (7919, 7927)
HIGH = (3, 4, 3, 3, 3)
R1, R2, E2 = f"{AURORA}/R-1", f"{AURORA}/R-2", f"{AURORA}/E-2"
HAZARD = WithheldClass.INFORMATION_HAZARD
WHY = "It would show how."

PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("launches", {}),
    ("priorities", {}),
    ("inbox", {}),
    ("overview", {}),
    ("risks", {}),
    ("risks", {"risks.view": "Matrix"}),
    ("risk", {"risk": "R-2"}),
    ("assess", {"risk": "R-2"}),
    ("mitigations", {}),
    ("mitigations", {"mitigation": "M-1"}),
    ("evidence", {}),
    ("evidence", {"run": "E-2"}),
    ("gates", {}),
    ("gates", {"gate": "G-1"}),
    ("scope", {}),
    ("review", {}),
    ("meeting", {}),
    ("after", {}),
    ("report", {}),
    ("decisions", {}),
    ("history", {}),
    ("history", {"history.every": "true"}),
    ("new_launch", {}),
)


@pytest.fixture
def withheld(cast_register: Store) -> Store:
    """A launch in review; a risk and a run are withheld since, and changed between snapshots.

    Each text of the risk holds one word that is nowhere else, and the run has counts of its own.
    """
    store = cast_register
    a_ready_launch(store)
    _a_secret_risk(store)
    start_review(store, act(BEN), METHOD, AURORA)
    signed(store, GIL, area=AREA)
    _a_secret_run(store)
    version = risk_state(store, R2).risk.version
    edit_risk(store, act(BEN), R2, RiskChange(title=f"Once more {SECRET}"), version)
    ask_acceptance(store, act(BEN), METHOD.profile, R2, _acceptance())
    withhold_risk(store, act(BEN, WHY), R2, HAZARD, risk_state(store, R2).risk.version)
    withhold_run(store, act(BEN, WHY), E2, HAZARD)
    renew_snapshot(store, act(BEN), METHOD, REV)
    signed(store, OFFICER, snapshot=f"{AURORA}/S-2")
    edit_risk(
        store,
        act(BEN, "Clearer."),
        R2,
        RiskChange(scenario=f"And again {SECRET}"),
        risk_state(store, R2).risk.version,
    )
    return store


def _a_secret_risk(store: Store) -> None:
    a_risk(store, title=f"Title {SECRET}", scenario=f"Scenario {SECRET}", note=f"Note {SECRET}")
    an_assessment(store, R2, DANA, HIGH, rationale=f"Rationale {SECRET}")
    mitigation = a_mitigation(store, {R2: (0.1, 0.2, 0.3)})
    a_placement(store, mitigation)
    a_verification(store, mitigation, R2, 0.2, evidence=f"Verified by {SECRET}")
    with store.writing(stamp(FAY)) as session:
        session.get_one(MitigationEffect, (mitigation, R2)).basis = f"Basis {SECRET}"


def _a_secret_run(store: Store) -> None:
    passed, n = FIGURES
    run = a_run(a_reading(passed=passed, n=n), run_id=f"run-{SECRET}")
    imported(store, a_file(f"{SECRET}.eval", run), risks=(R2,))


def _acceptance() -> AcceptanceDraft:
    return AcceptanceDraft(
        justification=f"What is left of {SECRET} is small.",
        fails_if=(f"A {SECRET} is seen.",),
        until=TODAY + timedelta(days=30),
    )


def told(app: AppTest) -> str:
    """Everything that a page sends to a browser, tables and charts with their data."""
    return "\n".join(part for node in app._tree.children.values() for part in _parts(node))


def _parts(node: Node) -> Iterator[str]:
    if proto := getattr(node, "proto", None):
        yield str(proto)
        yield from (convert_arrow_bytes_to_pandas_df(raw).to_csv() for raw in _tables(proto))
    for child in getattr(node, "children", {}).values():
        yield from _parts(child)


def _tables(proto: Message) -> Iterator[bytes]:
    """The tables that an element carries, whatever kind of element it is."""
    for field, value in proto.ListFields():
        if field.type == field.TYPE_BYTES:
            yield value
        elif isinstance(value, Message):
            yield from _tables(value)
        elif field.type == field.TYPE_MESSAGE:
            yield from (raw for each in value if isinstance(each, Message) for raw in _tables(each))


def _secrets(app: AppTest) -> list[str]:
    """The lines of a page that tell what is withheld."""
    words = (SECRET, *map(str, FIGURES), *(f"{figure:,}" for figure in FIGURES))
    return [line for line in told(app).splitlines() if any(word in line for word in words)]


@pytest.mark.parametrize(("page", "named"), PAGES)
@pytest.mark.usefixtures("withheld")
def test_a_viewer_reads_nothing_withheld_on_any_page(
    visit: Visit, page: str, named: dict[str, str]
) -> None:
    app = visit(page, launch=AURORA, **{"as": "cleo"}, **named)
    assert not app.exception
    assert _secrets(app) == []


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("risks", {}),
        ("risk", {"risk": "R-2"}),
        ("mitigations", {"mitigation": "M-1"}),
        ("evidence", {"run": "E-2"}),
        ("after", {}),
        ("history", {}),
    ],
)
@pytest.mark.usefixtures("withheld")
def test_the_policy_lead_reads_it(visit: Visit, page: str, named: dict[str, str]) -> None:
    app = visit(page, launch=AURORA, **{"as": "ben"}, **named)
    assert not app.exception
    assert _secrets(app)


@pytest.mark.usefixtures("withheld")
def test_the_inbox_of_everybody_tells_a_viewer_nothing_withheld(visit: Visit) -> None:
    app = visit("inbox", **{"as": "cleo"})
    app.toggle(key="inbox.everybody").set_value(True).run()
    assert "REV-1" in told(app)
    assert _secrets(app) == []


def test_a_clone_told_beside_its_last_launch_tells_a_viewer_nothing_withheld(
    visit: Visit, withheld: Store
) -> None:
    dropped = DroppedRisk(risk=R2, reason=f"No {SECRET} here.")
    for key, left in (("borealis-1", ()), ("cirrus-1", (dropped,))):
        clone_launch(withheld, act(BEN), AURORA, a_launch_draft(key), (), left)
        app = visit("lineage", launch=key, **{"as": "cleo"})
        assert not app.exception
        assert _secrets(app) == []
        assert _secrets(visit("overview", launch=key, **{"as": "cleo"})) == []
        assert _secrets(visit("history", launch=key, **{"as": "cleo"})) == []
