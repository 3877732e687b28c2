from collections.abc import Mapping

from tracker.domain.state import LaunchState
from tracker.domain.words import ReasonCode, View
from tracker.views.overview import AREA_DTYPES, LEVEL_DTYPES, overview_view


def test_every_reason_stands_in_one_group_and_in_the_order_of_the_rules(
    gpt_4v: LaunchState,
) -> None:
    groups = overview_view(gpt_4v).groups
    assert [reason for group in groups for reason in group.reasons] == list(gpt_4v.reasons)
    assert groups[0].code is ReasonCode.RISK_UNASSESSED
    assert groups[0].title == "2 risks UNASSESSED"
    assert not groups[-1].holds


def test_the_headline_counts_only_what_holds(gpt_4v: LaunchState) -> None:
    holding = sum(reason.holds for reason in gpt_4v.reasons)
    assert overview_view(gpt_4v).headline == f"Not ready: {holding} reasons hold it"


def test_the_levels_are_counted_in_three_views_with_the_unknown_first(
    gpt_4v: LaunchState,
) -> None:
    levels = overview_view(gpt_4v).levels
    assert {name: str(kind) for name, kind in levels.dtypes.items()} == LEVEL_DTYPES
    assert levels["level"].iloc[0] == "UNASSESSED"
    for column, view in (
        ("now", View.CURRENT),
        ("inherent", View.INHERENT),
        ("projected", View.PROJECTED),
    ):
        counted = {str(level): count for level, count in gpt_4v.level_counts(view).items()}
        assert dict(zip(levels["level"], levels[column], strict=True)) == counted


def test_areas_that_hold_the_launch_stand_before_assessed_ones(
    by_key: Mapping[str, LaunchState],
) -> None:
    view = overview_view(by_key["dall-e-3-2023-10"])
    assert {name: str(kind) for name, kind in view.areas.dtypes.items()} == AREA_DTYPES
    states = list(view.areas["state"])
    assert states[:2] == ["in scope, no risk entered"] * 2
    assert view.excluded + len(view.areas) == 25


def test_the_facts_name_version_date_and_people(gpt_4v: LaunchState) -> None:
    facts = dict(overview_view(gpt_4v).facts)
    assert facts["Model version"] == gpt_4v.launch.model_version
    assert "in 9 days" in facts["Target date"]
    assert facts["Approver"] == "Accountable executive"
