"""The crosswalk, read both ways."""

import pytest

from tracker.readers.areas import packaged_areas, packaged_crosswalk
from tracker.views import areas as view

AREAS, CROSSWALK = packaged_areas(), packaged_crosswalk()


def test_every_area_is_listed_with_its_definition() -> None:
    shown = view.areas_view(AREAS, CROSSWALK)
    assert list(shown.frame["code"]) == [area.code for area in AREAS]
    assert {name: str(kind) for name, kind in shown.frame.dtypes.items()} == view.DTYPES
    assert shown.headline.startswith("25 policy areas in 6 families")


def test_an_area_is_found_by_the_words_of_a_public_taxonomy() -> None:
    found = view.areas_view(AREAS, CROSSWALK, "confabulation").frame
    assert list(found["code"]) == list(CROSSWALK.areas_for("nist_600_1", "GAI-2"))


def test_a_search_without_a_match_says_how_to_get_on() -> None:
    assert view.areas_view(AREAS, CROSSWALK, "no such harm").empty == view.NO_MATCH


@pytest.mark.parametrize("area", [area.code for area in AREAS])
def test_both_directions_agree(area: str) -> None:
    codes = view.codes_of_area(area, CROSSWALK)
    titles = {taxonomy.title: taxonomy.key for taxonomy in CROSSWALK.taxonomies.values()}
    for taxonomy, code in zip(codes["taxonomy"], codes["code"], strict=True):
        assert area in CROSSWALK.areas_for(titles[taxonomy], code)


@pytest.mark.parametrize("key", list(CROSSWALK.taxonomies))
def test_every_item_says_who_covers_it_or_why_nobody_does(key: str) -> None:
    frame = view.items_of_taxonomy(CROSSWALK.taxonomies[key], CROSSWALK, AREAS)
    assert len(frame) == len(CROSSWALK.taxonomies[key].items)
    assert all(words and words != "none: " for words in frame["covered_by"])


def test_the_question_about_confabulation_has_an_answer() -> None:
    nist = CROSSWALK.taxonomies["nist_600_1"]
    said = view.answer(nist, "GAI-2", CROSSWALK, AREAS)
    assert "Confabulation is covered by: " in said
    assert "Factual reliability" in said


def test_an_item_that_no_area_covers_says_why() -> None:
    entry = CROSSWALK.uncovered[0]
    taxonomy = CROSSWALK.taxonomies[entry.taxonomy]
    said = view.answer(taxonomy, entry.code, CROSSWALK, AREAS)
    assert "covered by none of our areas" in said
    assert entry.reason in said


@pytest.mark.parametrize("key", list(CROSSWALK.taxonomies))
def test_a_taxonomy_names_publisher_version_and_source(key: str) -> None:
    taxonomy = CROSSWALK.taxonomies[key]
    said = view.provenance(taxonomy)
    assert all(part in said for part in (taxonomy.publisher, taxonomy.version, taxonomy.source))
