from collections import Counter

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.words import GateType
from tracker.readers.areas import (
    AREAS_FILE,
    TAXONOMIES_FILE,
    packaged_areas,
    packaged_crosswalk,
    read_policy_areas,
    read_taxonomies,
)
from tracker.readers.data_files import read_data


def spoilt(name: str, before: str, after: str) -> bytes:
    text = read_data(name).decode()
    assert before in text, before
    return text.replace(before, after, 1).encode()


def rejected(areas: bytes, taxonomies: bytes) -> dict[str, str]:
    with pytest.raises(ImportRejected) as caught:
        read_taxonomies(taxonomies, TAXONOMIES_FILE, areas, AREAS_FILE)
    return caught.value.rows


def test_there_are_25_areas_in_6_families() -> None:
    areas = packaged_areas()
    assert len(areas) == 25
    assert [area.position for area in areas] == list(range(1, 26))
    assert len({area.family for area in areas}) == 6
    assert all(area.family_name and area.definition for area in areas)
    assert list({area.family: None for area in areas}) == ["F1", "F2", "F3", "F4", "F5", "F6"]


def test_over_refusal_counts_beside_refusing_too_little() -> None:
    over_refusal = next(area for area in packaged_areas() if area.code == "over_refusal")
    assert (over_refusal.family, over_refusal.gate_type) == ("F4", GateType.EVAL)


def test_five_areas_are_decided_by_thresholds_and_one_tolerates_nothing() -> None:
    counted = Counter(area.gate_type for area in packaged_areas())
    assert counted[GateType.THRESHOLD] == 5
    assert counted[GateType.ZERO_TOLERANCE] == 1
    child_safety = next(area for area in packaged_areas() if area.code == "child_safety")
    assert child_safety.gate_type is GateType.ZERO_TOLERANCE


def test_the_crosswalk_answers_which_of_our_areas_cover_an_item() -> None:
    crosswalk = packaged_crosswalk()
    assert crosswalk.areas_for("nist_600_1", "GAI-2") == ("high_stakes_advice", "factuality")
    assert crosswalk.areas_for("mit_domains", "7.5") == ()
    assert crosswalk.areas_for("nist_600_1", "GAI-99") == ()


def test_the_crosswalk_answers_what_an_area_covers() -> None:
    codes = packaged_crosswalk().codes_for("child_safety")
    assert codes["ailuminate"] == ("cse",)
    assert codes["llama_guard"] == ("S4",)
    assert packaged_crosswalk().codes_for("no_such_area") == {}


def test_both_directions_agree() -> None:
    crosswalk = packaged_crosswalk()
    there = {
        (area, taxonomy, code)
        for area in crosswalk.links
        for taxonomy, codes in crosswalk.codes_for(area).items()
        for code in codes
    }
    back = {
        (area, taxonomy.key, item.code)
        for taxonomy in crosswalk.taxonomies.values()
        for item in taxonomy.items
        for area in crosswalk.areas_for(taxonomy.key, item.code)
    }
    assert there == back


def test_every_item_is_reached_or_has_a_reason() -> None:
    crosswalk = packaged_crosswalk()
    unreached = [
        (taxonomy.key, item.code)
        for taxonomy in crosswalk.taxonomies.values()
        for item in taxonomy.items
        if not crosswalk.areas_for(taxonomy.key, item.code)
    ]
    assert unreached == [("mit_domains", "7.5")]
    assert [(entry.taxonomy, entry.code) for entry in crosswalk.uncovered] == unreached
    assert all(len(entry.reason) > 20 for entry in crosswalk.uncovered)


def test_the_taxonomies_are_complete() -> None:
    sizes = {key: len(t.items) for key, t in packaged_crosswalk().taxonomies.items()}
    assert sizes == {
        "ailuminate": 12,
        "llama_guard": 14,
        "nist_600_1": 12,
        "mit_domains": 24,
        "owasp_llm_2025": 10,
        "owasp_agentic_2026": 10,
        "eu_cop_specified": 4,
        "preparedness": 8,
        "anthropic_rsp_v3": 4,
        "gdm_fsf_v3_1": 7,
        "meta_aisf_v2": 3,
        "ms_fgf_2026": 5,
        "mitre_atlas": 23,
    }


def test_an_item_is_known_by_taxonomy_and_code() -> None:
    crosswalk = packaged_crosswalk()
    assert crosswalk.has("nist_600_1", "GAI-2")
    assert not crosswalk.has("nist_600_1", "S4")
    assert not crosswalk.has("no_such_list", "GAI-2")
    item = crosswalk.find_item("nist_600_1", "GAI-2")
    assert item is not None
    assert item.name == "Confabulation"


def test_each_area_says_in_which_kinds_of_input_and_output_it_arises() -> None:
    assert packaged_crosswalk().modalities["agentic_safety"] == ("agent",)
    assert set(packaged_crosswalk().modalities) == {area.code for area in packaged_areas()}


def test_a_map_to_an_unknown_item_is_refused() -> None:
    rows = rejected(spoilt(AREAS_FILE, "[GAI-1]", "[GAI-77]"), read_data(TAXONOMIES_FILE))
    assert rows == {"areas, cbrn": "nist_600_1 has no item “GAI-77”"}


def test_an_item_that_no_area_reaches_is_refused_without_a_reason() -> None:
    rows = rejected(spoilt(AREAS_FILE, "[iwp]", "[cse]"), read_data(TAXONOMIES_FILE))
    assert list(rows) == ["taxonomies, ailuminate, iwp"]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("code: '7.5'\n    reason", "code: '7.9'\n    reason", "uncovered, mit_domains, 7.9"),
        ("code: '7.5'\n    reason", "code: '7.6'\n    reason", "uncovered, mit_domains, 7.6"),
        ("code: GAI-1\n", "code: GAI-2\n", "taxonomies, nist_600_1, GAI-2"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(before: str, after: str, place: str) -> None:
    areas = read_data(AREAS_FILE).replace(b"[GAI-1]", b"[GAI-2]")
    assert place in rejected(areas, spoilt(TAXONOMIES_FILE, before, after))


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("family: F1", "family: F9", "areas, cbrn"),
        ("code: cyber_uplift", "code: cbrn", "areas, cbrn"),
        ("{code: F2,", "{code: F1,", "families, F1"),
        ("    gate_type: threshold", "    gate_type: vibes", "line 18, areas.0.gate_type"),
        (
            "modalities: [text, image,",
            "modalities: [smell, image,",
            "line 21, areas.0.modalities.0",
        ),
    ],
)
def test_a_spoilt_list_of_areas_is_refused(before: str, after: str, place: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        read_policy_areas(spoilt(AREAS_FILE, before, after), AREAS_FILE)
    assert place in caught.value.rows
