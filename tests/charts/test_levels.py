import pytest

from tracker.charts import levels, theme
from tracker.charts.levels import LevelRow
from tracker.domain.words import Level

MIXED = LevelRow("GPT-4V", {Level.UNASSESSED: 3, Level.CRITICAL: 2, Level.HIGH: 0, Level.LOW: 1})


def test_unassessed_stands_left_of_zero_and_everything_known_right_of_it() -> None:
    rows = levels.frame([MIXED]).set_index("level")
    assert list(rows.loc["UNASSESSED", ["start", "end"]]) == [-3, 0]
    assert list(rows.loc["Critical", ["start", "end"]]) == [0, 2]
    assert list(rows.loc["Low", ["start", "end"]]) == [2, 3]


def test_levels_without_risks_have_no_segment() -> None:
    assert "High" not in set(levels.frame([MIXED])["level"])


def test_counts_stand_in_the_bar_with_the_letter_of_the_level() -> None:
    assert levels.frame([MIXED])["mark"].tolist() == ["3 U", "2 C", "1 L"]


def test_a_segment_too_narrow_for_words_has_none_but_is_said_in_the_alternative_text() -> None:
    wide = LevelRow("big", {Level.CRITICAL: 1, Level.LOW: 99})
    assert levels.frame([wide])["mark"].tolist() == ["", "99 L"]
    assert levels.alt_text([wide]) == "big: 1 Critical, 99 Low."


def test_the_spec_draws_bars_coloured_by_level() -> None:
    bars, words, _ = levels.spec()["layer"]
    assert bars["mark"]["type"] == "bar"
    scale = bars["encoding"]["color"]["scale"]
    assert scale["domain"] == [str(level) for level in theme.WORST_FIRST]
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    assert fills["UNASSESSED"] == theme.LEVELS[Level.UNASSESSED].fill
    assert words["encoding"]["text"]["field"] == "mark"


def test_only_unassessed_has_a_broken_outline() -> None:
    dash = levels.spec()["layer"][0]["encoding"]["strokeDash"]
    assert dash["condition"]["test"] == "datum.level === 'UNASSESSED'"
    assert dash["condition"]["value"] != dash["value"]


@pytest.mark.parametrize("labelled", [True, False])
def test_the_spec_is_built_once_and_holds_no_data(labelled: bool) -> None:
    spec = levels.spec(labelled)
    assert levels.spec(labelled) is spec
    assert "data" not in str(list(spec)) + str([list(layer) for layer in spec["layer"]])


def test_one_launch_needs_no_name_beside_its_bar() -> None:
    one = levels.chart([MIXED]).to_dict()["layer"][0]["encoding"]["y"]
    two = levels.chart([MIXED, LevelRow("DALL·E 3", {Level.HIGH: 1})]).to_dict()["layer"][0]
    assert one["axis"] is None
    assert two["encoding"]["y"]["axis"] is not None


def test_the_alternative_text_names_every_level_with_risks_the_unknown_first() -> None:
    assert levels.alt_text([MIXED]) == "GPT-4V: 3 UNASSESSED, 2 Critical, 1 Low."
    assert levels.alt_text([LevelRow("empty", {})]) == "empty: no open risks."
    assert levels.alt_text([]) == "No launches."
