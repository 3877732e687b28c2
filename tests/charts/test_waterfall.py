import pytest

from tests.scoring.builders import profile_p1
from tracker.charts import theme, waterfall
from tracker.domain.state import Part
from tracker.domain.words import Level

PROFILE = profile_p1()
PARTS = (
    Part("start", "start", 3.5),
    Part("likelihood", "possible", -1.5),
    Part("severity", "moderate", 2.0),
    Part("exposure", "thousands", 1.0),
    Part("reversibility", "mostly irreversible", 0.75),
    Part("business_impact", "business level 5", 1.27),
    Part("mitigations", "mitigations leave 20 %", -0.7),
)


def test_bars_start_where_the_one_before_ended_and_end_in_the_totals() -> None:
    rows = waterfall.frame(PARTS, Level.MODERATE, PROFILE)
    assert rows["step"].tolist() == [
        "start",
        "likelihood",
        "severity",
        "exposure",
        "reversibility",
        "mitigations",
        "harm score",
        "business impact",
        "priority",
    ]
    steps = rows[~rows["step"].isin(["harm score", "priority"])]
    assert steps["start"].tolist()[1:] == pytest.approx(steps["end"].tolist()[:-1])
    assert rows.iloc[-1]["end"] == pytest.approx(sum(part.points for part in PARTS))


def test_business_comes_after_the_harm_score_because_it_never_changes_a_level() -> None:
    rows = waterfall.frame(PARTS, Level.MODERATE, PROFILE).set_index("step")
    without = sum(part.points for part in PARTS if part.name != "business_impact")
    assert rows.loc["harm score", "end"] == pytest.approx(without)
    assert rows.loc["business impact", "start"] == pytest.approx(without)


def test_a_sum_without_business_ends_in_the_harm_score() -> None:
    harm_only = tuple(part for part in PARTS if part.name != "business_impact")
    rows = waterfall.frame(harm_only, Level.MODERATE, PROFILE)
    assert rows["step"].tolist()[-1] == "harm score"


def test_a_floor_shows_in_the_colour_of_the_harm_score() -> None:
    floored = waterfall.frame(PARTS, Level.HIGH, PROFILE).set_index("step")
    assert floored.loc["harm score", "kind"] == "High"
    lower = waterfall.frame(PARTS, Level.VERY_LOW, PROFILE).set_index("step")
    assert lower.loc["harm score", "kind"] == "Moderate"


def test_limits_of_the_levels_are_drawn_and_named() -> None:
    layers = waterfall.spec(PROFILE)["layer"]
    rules = [layer for layer in layers if layer["mark"]["type"] == "rule"]
    assert [rule["encoding"]["x"]["datum"] for rule in rules] == [7.0, 6.0, 5.0, 4.0]
    names = [layer["encoding"]["text"]["datum"] for layer in layers if "y" in layer["encoding"]
             and "value" in layer["encoding"]["y"]]  # fmt: skip
    assert names == ["Critical 7", "High 6", "Moderate 5", "Low 4"]


def test_bars_say_what_a_point_is_and_colour_totals_by_level() -> None:
    layers = waterfall.spec(PROFILE)["layer"]
    (bars,) = [layer for layer in layers if layer["mark"]["type"] == "bar"]
    assert "ten times more expected harm" in bars["encoding"]["x"]["title"]
    scale = bars["encoding"]["color"]["scale"]
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    assert fills["High"] == theme.LEVELS[Level.HIGH].fill
    assert len(set(fills.values())) == len(fills)


def test_the_spec_is_built_once_per_profile_and_holds_no_data() -> None:
    assert waterfall.spec(PROFILE) is waterfall.spec(PROFILE)
    assert all("data" not in layer for layer in waterfall.spec(PROFILE)["layer"])
    (rows,) = waterfall.chart(PARTS, Level.HIGH, PROFILE).to_dict()["datasets"].values()
    assert len(rows) == 9


def test_the_alternative_text_is_the_sum_in_words() -> None:
    said = waterfall.alt_text(PARTS, Level.MODERATE, PROFILE)
    assert said.startswith("start +3.5 (start); likelihood −1.5 (possible); ")
    assert "harm score 5.1 (Moderate)" in said
    assert said.endswith("priority 6.3 (order of work).")
