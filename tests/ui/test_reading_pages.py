"""What a reader finds on each page, and where a click leads."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cast import BEN, NOW
from tests.factories import a_closed_risk, a_launch, a_risk
from tests.services.acts import act
from tests.ui.conftest import Visit, words
from tracker.domain.drafts import RiskChange
from tracker.services.people import people
from tracker.services.risks import edit_risk
from tracker.store.engine import Store

GPT_4V = "gpt-4v-2023-09"


def _table(app: AppTest, column: str) -> list[list[Any]]:
    """The values of a column, one list per table that has it."""
    return [list(table.value[column]) for table in app.dataframe if column in table.value.columns]


@pytest.mark.usefixtures("demo")
def test_the_board_lists_every_launch_with_its_verdict_in_words_and_shape(visit: Visit) -> None:
    app = visit("launches")
    assert app.title[0].value == "0 of 4 launches can go out"
    assert _table(app, "verdict") == [[["✖ Not ready"]] * 4]


@pytest.mark.usefixtures("demo")
def test_a_search_on_the_board_narrows_it(visit: Visit) -> None:
    app = visit("launches")
    app.text_input(key="launches.text").set_value("vision").run()
    assert len(_table(app, "verdict")[0]) == 1


@pytest.mark.usefixtures("demo")
def test_a_search_without_a_match_says_how_to_get_on(visit: Visit) -> None:
    app = visit("launches")
    app.text_input(key="launches.text").set_value("no such launch").run()
    assert "Take a filter away" in words(app)
    assert not app.dataframe


@pytest.mark.usefixtures("demo")
def test_the_queue_shows_the_unassessed_in_a_table_of_their_own_above(visit: Visit) -> None:
    app = visit("priorities")
    assert [header.value for header in app.header] == ["UNASSESSED: 5 risks", "Assessed: 64 risks"]
    ranks = _table(app, "rank")
    assert ranks[0] == [1, 2, 3, 4, 5]
    assert ranks[1][0] == 6


@pytest.mark.usefixtures("demo")
def test_the_second_page_of_the_queue_goes_on_where_the_first_ended(visit: Visit) -> None:
    app = visit("priorities")
    last = _table(app, "rank")[-1][-1]
    app.pagination(key="queue.page").set_value(2).run()
    assert not app.exception
    assert _table(app, "rank")[-1][0] == last + 1


@pytest.mark.usefixtures("demo")
def test_a_filter_that_leaves_one_page_shows_that_page(visit: Visit) -> None:
    app = visit("priorities")
    app.pagination(key="queue.page").set_value(2).run()
    app.multiselect(key="queue.level").select("Critical").run()
    assert not app.exception
    assert len(_table(app, "rank")[0]) == 4


@pytest.mark.usefixtures("demo")
def test_the_overview_lists_every_reason_with_its_remedy(visit: Visit) -> None:
    told = words(visit("overview", launch=GPT_4V)).replace("\\", "")
    assert "2 risks UNASSESSED" in told
    assert "Have somebody other than the launch owner assess it." in told
    assert "Gradual roll-out and user-facing limits notice" in told


@pytest.mark.usefixtures("demo")
def test_the_launch_stays_the_same_from_page_to_page(visit: Visit) -> None:
    app = visit("overview", launch="dall-e-3-2023-10")
    app.switch_page("tracker/ui/pages/risks.py").run()
    assert app.query_params["launch"] == "dall-e-3-2023-10"


@pytest.mark.usefixtures("demo")
def test_choosing_another_launch_moves_the_address_along(visit: Visit) -> None:
    app = visit("risks", launch=GPT_4V)
    app.selectbox(key="header.launch").set_value("gpt-4-2023-03").run()
    assert app.query_params["launch"] == "gpt-4-2023-03"
    assert app.title[0].value.startswith("25 open risks")


@pytest.mark.usefixtures("demo")
def test_a_cell_of_the_matrix_narrows_the_register(visit: Visit) -> None:
    app = visit("risks", launch=GPT_4V)
    chooser = app.selectbox(key="risks.cell")
    chooser.select_index(0).run()
    assert _table(app, "risk") == [["R-9"]]


def test_closed_risks_are_shown_on_demand_only(cast_register: Store, visit: Visit) -> None:
    a_launch(cast_register)
    a_risk(cast_register)
    a_closed_risk(cast_register)
    app = visit("risks")
    assert _table(app, "risk") == [["R-1"]]
    app.toggle(key="risks.closed").set_value(True).run()
    assert _table(app, "risk") == [["R-1", "R-2"]]
    assert "closed" in str(_table(app, "status")[0][1])


@pytest.mark.usefixtures("demo")
def test_the_detail_prints_the_sum_whose_it_is_and_the_approximate_nist_level(visit: Visit) -> None:
    told = words(visit("risk", launch=GPT_4V, risk="R-6")).replace("\\", "")
    assert "The sum is that of Safety policy lead" in told
    assert "NIST SP 800-30" in told
    assert "Approximate" in told


@pytest.mark.usefixtures("demo")
def test_all_originals_are_shown_on_demand(visit: Visit) -> None:
    app = visit("risk", launch=GPT_4V, risk="R-6")
    before = len(app.dataframe)
    app.toggle(key="risk.all").set_value(True).run()
    assert not app.exception
    assert len(app.dataframe) == before + 1


@pytest.mark.usefixtures("demo")
def test_the_history_tells_fields_from_old_to_new_and_can_be_narrowed(visit: Visit) -> None:
    app = visit("history")
    app.text_input(key="history.subject").set_value(f"{GPT_4V}/R-6").run()
    assert set(_table(app, "subject")[0]) == {f"{GPT_4V}/R-6"}


@pytest.mark.usefixtures("demo")
def test_the_history_folds_links_of_evidence_and_shows_every_single_entry_on_demand(
    visit: Visit,
) -> None:
    app = visit("history")
    app.selectbox(key="history.kind").set_value("evidence for a risk").run()
    folded = _table(app, "field")[0]
    assert [told for told in folded if told.endswith(" metrics linked")]
    app.toggle(key="history.every").set_value(True).run()
    every = _table(app, "field")[0]
    assert not [told for told in every if told.endswith(" metrics linked")]
    assert len(every) > len(folded)


@pytest.mark.usefixtures("demo")
def test_the_history_says_whether_the_chain_is_whole(visit: Visit) -> None:
    app = visit("history")
    app.button(key="history.verify").click().run()
    assert "Everything is as it was written" in app.success[0].value


@pytest.mark.usefixtures("demo")
def test_the_acting_person_is_the_one_in_the_address(visit: Visit) -> None:
    app = visit("launches", **{"as": "approver"})
    assert app.selectbox(key="header.actor").value == "approver"


def test_an_address_cannot_make_somebody_act_who_is_not_in_the_register(
    demo: Store, visit: Visit
) -> None:
    app = visit("launches", **{"as": "stranger"})
    assert app.selectbox(key="header.actor").value in people(demo)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "There is no register"),
        (b"", "There is no register"),
        (b"not a database" * 100, "damaged"),
    ],
)
def test_a_register_that_cannot_be_opened_is_said_with_its_remedy(
    visit: Visit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    says: str,
) -> None:
    path = tmp_path / "broken.db"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("HOLDPOINT_DATABASE_URL", f"sqlite:///{path}")
    app = visit("launches")
    assert not app.exception
    assert says in app.error[0].value
    assert not app.title


def test_a_wrong_setting_is_said_in_words(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDPOINT_DATABASE", "sqlite:///x.db")
    app = visit("launches")
    assert not app.exception
    assert "HOLDPOINT" in app.error[0].value


@pytest.mark.usefixtures("demo")
def test_a_launch_opened_from_the_board_is_the_one_of_its_row(visit: Visit) -> None:
    app = visit("launches")
    app.session_state["launches.table.open"] = {"row": 1, "label": "DALL-E 3"}
    app.run()
    assert app.query_params["launch"] == "dall-e-3-2023-10"
    assert app.title[0].value.startswith("Not ready")


def test_many_changes_are_told_as_the_latest_ones_and_the_place_of_the_others(
    cast_register: Store, visit: Visit
) -> None:
    ref = a_risk(cast_register, a_launch(cast_register))
    for number in range(1, 12):
        later = replace(act(BEN), at=NOW + timedelta(minutes=number))
        edit_risk(cast_register, later, ref, RiskChange(title=f"Title {number}"), number)
    told = words(visit("risk", risk="R-1")).replace("\\", "")
    assert "“Title 10” → “Title 11”" in told
    assert "“Title 1” →" not in told
    assert "Older changes stand under Records, History." in told


@pytest.mark.usefixtures("demo")
def test_a_risk_that_is_not_named_is_asked_for(visit: Visit) -> None:
    assert "No risk is chosen" in words(visit("risk", launch=GPT_4V))
