from tests.scoring.builders import profile_p1
from tracker.charts import matrix, theme
from tracker.domain.words import Level
from tracker.readers.profile import packaged_profile
from tracker.scoring.matrix import MatrixCell

PROFILE = profile_p1()
CELLS = {
    (2, 4): MatrixCell(2, Level.CRITICAL, ("L/R-9", "L/R-10")),
    (4, 1): MatrixCell(1, Level.VERY_LOW, ("L/R-1",)),
}


def test_the_grid_has_all_cells_from_the_likeliest_row_down() -> None:
    rows = matrix.frame(CELLS, PROFILE)
    assert len(rows) == 25
    assert rows["row"].tolist()[::5] == [4, 3, 2, 1, 0]
    assert rows["column"].tolist()[:5] == [0, 1, 2, 3, 4]


def test_a_cell_shows_its_count_its_highest_level_and_its_risks() -> None:
    rows = matrix.frame(CELLS, PROFILE).set_index(["row", "column"])
    shown = rows.loc[(2, 4), ["count", "level", "mark", "refs"]]
    assert list(shown) == [2, "Critical", "C Critical", "L/R-9, L/R-10"]


def test_an_empty_cell_has_no_level() -> None:
    rows = matrix.frame({}, PROFILE)
    assert set(rows["level"]) == {"none"}
    assert rows["count"].tolist() == [0] * 25


def test_rows_are_named_by_the_anchors_and_columns_by_decades_of_harm() -> None:
    shipped = packaged_profile()
    assert matrix.likelihood_labels(shipped)[0] == "very unlikely|under 0.1 %"
    assert matrix.likelihood_labels(shipped)[4] == "very likely|over 50 %"
    assert matrix.harm_labels(shipped) == (
        "slight|h < 2",
        "moderate|2 to 3",
        "serious|3 to 4",
        "severe|4 to 5",
        "extreme|5 and more",
    )


def test_the_axes_say_what_they_are_and_run_from_least_to_most() -> None:
    encoding = matrix.spec(PROFILE)["layer"][0]["encoding"]
    assert encoding["x"]["axis"]["title"] == "Harm if it happens"
    assert encoding["y"]["axis"]["title"] == "Likelihood"
    assert encoding["x"]["sort"] == list(matrix.harm_labels(PROFILE))
    assert encoding["y"]["sort"] == list(reversed(matrix.likelihood_labels(PROFILE)))


def test_a_click_selects_a_cell_by_its_place_and_outlines_it() -> None:
    spec = matrix.spec(PROFILE)
    (param,) = spec["params"]
    assert param["name"] == matrix.SELECTION
    assert param["select"] == {"type": "point", "fields": ["row", "column"]}
    stroke = spec["layer"][0]["encoding"]["stroke"]["condition"]
    assert stroke == {"param": "cell", "empty": False, "value": theme.SELECTED}


def test_colours_are_those_of_the_levels_and_empty_cells_are_faint_and_neutral() -> None:
    encoding = matrix.spec(PROFILE)["layer"][0]["encoding"]
    filled = encoding["color"]["condition"]
    assert filled["scale"]["domain"][0] == "UNASSESSED"
    assert filled["scale"]["range"] == [theme.LEVELS[level].fill for level in theme.WORST_FIRST]
    assert encoding["color"]["value"] == theme.NEUTRAL
    assert encoding["opacity"]["value"] < 0.3


def test_words_in_cells_take_the_ink_of_their_level() -> None:
    spec = matrix.spec(PROFILE)
    assert spec["resolve"] == {"scale": {"color": "independent"}}
    for layer, field in zip(spec["layer"][1:], ("count", "mark"), strict=True):
        assert layer["encoding"]["text"]["field"] == field
        inks = layer["encoding"]["color"]["scale"]["range"]
        assert inks == [theme.LEVELS[level].ink for level in theme.WORST_FIRST]


def test_the_spec_is_built_once_per_profile_and_holds_no_data() -> None:
    assert matrix.spec(PROFILE) is matrix.spec(PROFILE)
    assert "data" not in matrix.spec(PROFILE)
    assert all("data" not in layer for layer in matrix.spec(PROFILE)["layer"])


def test_the_picture_holds_the_rows() -> None:
    (rows,) = matrix.chart(CELLS, PROFILE).to_dict()["datasets"].values()
    assert len(rows) == 25


def test_the_alternative_text_starts_with_the_worst() -> None:
    assert matrix.alt_text(CELLS, PROFILE, ("L/R-4",)) == (
        "2 risks at likelihood possible, possible in full and harm extreme, 5 and more: "
        "Critical. 1 risk at likelihood expected, expected in full and harm moderate, 2 to 3: "
        "Very low. 1 UNASSESSED outside the grid."
    )


def test_the_alternative_text_of_an_empty_grid_still_counts_what_stands_outside() -> None:
    said = matrix.alt_text({}, PROFILE, ("L/R-4", "L/R-5"))
    assert said == "No assessed risks. 2 UNASSESSED outside the grid."
