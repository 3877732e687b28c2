import pytest

from tests.views.conftest import PROFILE
from tracker.domain.state import LaunchState
from tracker.domain.words import Level, View
from tracker.views import risks
from tracker.views.risks import DTYPES, NO_MATCH, RiskFilter, grid, risks_view


@pytest.mark.parametrize("view", list(View))
def test_the_matrix_and_what_stands_outside_hold_every_open_risk_once(
    gpt_4v: LaunchState, view: View
) -> None:
    found = grid(gpt_4v, view, PROFILE)
    inside = [ref for cell in found.cells.values() for ref in cell.refs]
    outside = [f"{gpt_4v.launch.key}/{short}" for short in found.unassessed]
    assert sorted(inside + outside) == sorted(risk.ref for risk in gpt_4v.open_risks)


def test_a_cell_narrows_the_register_to_its_risks(gpt_4v: LaunchState) -> None:
    found = grid(gpt_4v, View.CURRENT, PROFILE)
    for name in found.places:
        place = found.place(None, name)
        assert place is not None
        view = risks_view(gpt_4v, View.CURRENT, RiskFilter(place=place), PROFILE)
        assert set(view.frame["ref"]) == set(found.cells[place].refs)


def test_an_empty_cell_shows_nothing_rather_than_everything(gpt_4v: LaunchState) -> None:
    view = risks_view(gpt_4v, View.CURRENT, RiskFilter(place=(0, 0)), PROFILE)
    assert view.frame.empty
    assert view.empty == NO_MATCH


def test_the_cell_chosen_by_name_wins_over_the_one_clicked(gpt_4v: LaunchState) -> None:
    found = grid(gpt_4v, View.CURRENT, PROFILE)
    assert found.place((1, 2), "3-4") == (3, 4)
    assert found.place((1, 2), None) == (1, 2)
    assert found.place(None, None) is None


def test_the_worst_cell_is_offered_first(gpt_4v: LaunchState) -> None:
    words = list(grid(gpt_4v, View.CURRENT, PROFILE).places.values())
    assert words[0].startswith("Critical, 1 risk")


def test_the_register_has_its_columns_and_the_unknown_on_top(gpt_4v: LaunchState) -> None:
    frame = risks_view(gpt_4v, View.CURRENT, RiskFilter(), PROFILE).frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == DTYPES
    assert list(frame["level"].iloc[:2]) == ["UNASSESSED"] * 2
    assert not frame["harm_score"].iloc[:2].count()
    assert "UNASSESSED" not in set(frame["level"].iloc[2:])


def test_the_figures_are_those_of_the_chosen_view(gpt_4v: LaunchState) -> None:
    frames = {
        view: risks_view(gpt_4v, view, RiskFilter(), PROFILE).frame.set_index("ref")
        for view in View
    }
    for risk in gpt_4v.open_risks:
        for view in View:
            assert frames[view].loc[risk.ref, "level"] == str(risk.figures(view).level)


def test_filters_work_together(gpt_4v: LaunchState) -> None:
    wanted = RiskFilter(levels=["High"], text="jailbreak")
    frame = risks_view(gpt_4v, View.CURRENT, wanted, PROFILE).frame
    assert list(frame["risk"]) == ["R-5"]


def test_the_headline_names_the_unknown_before_the_critical(gpt_4v: LaunchState) -> None:
    assert risks.headline(gpt_4v) == "15 open risks: 2 UNASSESSED, 1 Critical, 8 High"
    assert gpt_4v.level_counts(View.CURRENT)[Level.UNASSESSED] == 2
