import math
from itertools import pairwise

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.words import EvidenceGrade, Factor, Level
from tracker.readers.data_files import read_data
from tracker.readers.profile import PROFILE_FILE, packaged_profile, read_profile

F = Factor


def rejected(before: str, after: str) -> dict[str, str]:
    """Spoil one place of the packaged file and return what is reported."""
    text = read_data(PROFILE_FILE).decode()
    assert text.count(before) == 1, before
    with pytest.raises(ImportRejected) as caught:
        read_profile(text.replace(before, after).encode(), PROFILE_FILE)
    return caught.value.rows


def points(factor: Factor) -> list[float]:
    return [packaged_profile().points(factor, pick) for pick in range(1, 6)]


def test_p1_has_the_points_of_the_design() -> None:
    assert points(F.LIKELIHOOD) == [-3.5, -2.5, -1.5, -0.65, -0.15]
    assert points(F.SEVERITY) == [0, 1, 2, 3, 4]
    assert points(F.EXPOSURE) == [0, 0.5, 1, 1.5, 2]
    assert points(F.REVERSIBILITY) == [0, 0.25, 0.5, 0.75, 1]
    assert points(F.BUSINESS_IMPACT) == [1, 2, 3, 4, 5]


def test_p1_has_the_levels_floor_and_limits_of_the_design() -> None:
    profile = packaged_profile()
    assert (profile.version, profile.owner, profile.base) == ("P1", "policy-lead", 3.5)
    assert profile.lower_bounds == (
        (Level.CRITICAL, 7),
        (Level.HIGH, 6),
        (Level.MODERATE, 5),
        (Level.LOW, 4),
    )
    assert (profile.floor_severity, profile.floor_reversibility) == (5, 4)
    assert profile.floor_level is Level.HIGH
    assert (profile.common_cause, profile.remain_floor) == (0.1, 0.01)
    widths = [profile.grades[grade].half_width for grade in EvidenceGrade]
    assert widths == [0.25, 0.5, 1.0, 1.5]


def test_likelihood_points_are_the_logarithm_of_the_middle_of_each_range() -> None:
    limits = [0.0001, 0.001, 0.01, 0.1, 0.5, 1]
    middles = [math.log10(math.sqrt(low * high)) for low, high in pairwise(limits)]
    assert points(F.LIKELIHOOD) == pytest.approx(middles, abs=0.005)


def test_the_matrix_is_cut_where_the_anchors_are() -> None:
    profile = packaged_profile()
    assert profile.harm_cuts == (2, 3, 4, 5)
    cuts = [math.log10(limit) for limit in (0.001, 0.01, 0.1, 0.5)]
    assert profile.likelihood_cuts == pytest.approx(cuts, abs=1e-12)


def test_the_stated_trade_offs_follow_from_the_points() -> None:
    p = packaged_profile().points
    assert len(packaged_profile().trade_offs) == 7
    severe_for_few = p(F.SEVERITY, 4) + p(F.EXPOSURE, 1)
    moderate_for_thousands = p(F.SEVERITY, 3) + p(F.EXPOSURE, 3)
    assert severe_for_few == moderate_for_thousands == 3
    assert p(F.REVERSIBILITY, 5) == p(F.SEVERITY, 2) - p(F.SEVERITY, 1)
    assert 10 ** (p(F.EXPOSURE, 3) - p(F.EXPOSURE, 2)) == pytest.approx(3.16, abs=0.01)
    death_of_few = p(F.SEVERITY, 5) + p(F.EXPOSURE, 1) + p(F.REVERSIBILITY, 5)
    assert p(F.BUSINESS_IMPACT, 5) == death_of_few == 5
    assert math.log10(1 - 0.8) == pytest.approx(-0.7, abs=0.005)
    assert math.log10(packaged_profile().remain_floor) == -2


def test_words_of_a_scale_read_well_in_a_sum() -> None:
    scales = packaged_profile().scales
    assert scales[F.LIKELIHOOD].anchor(3).word == "possible"
    assert scales[F.SEVERITY].anchor(3).word == "moderate"
    assert scales[F.EXPOSURE].anchor(3).word == "thousands"
    assert scales[F.REVERSIBILITY].anchor(4).word == "mostly irreversible"


@pytest.mark.parametrize(
    ("before", "after", "place", "problem"),
    [
        ("points: -2.5}", "points: -3.5}", "scales.likelihood", "points must rise at every step"),
        ("word: unlikely", "word: possible", "scales.likelihood", "the same word"),
        ('      - {word: minor, text: "minor: passes by itself", points: 1}\n', "", "anchors", "5"),
        ("half_width: 1.0", "half_width: 2.0", "", "half-widths must rise"),
        ("half_width: 0.25", "half_width: 0", "half_width", "greater than 0"),
        ("  Low: 4\n", "", "", "levels must be exactly Critical, High, Moderate, Low"),
        ("Moderate: 5", "Moderate: 6.5", "", "levels must rise at every step"),
        ("level: High}", "level: UNASSESSED}", "floor", "assessed"),
        ("harm_cuts: [2, 3,", "harm_cuts: [3, 3,", "matrix", "harm_cuts must rise"),
        ("common_cause: 0.1", "common_cause: 1.1", "common_cause", "less than or equal to 1"),
        ("base: 3.5", "base: .nan", "base", "finite"),
        ("effective: 2026-11-01", "effective: soon", "effective", "valid date"),
        ("effective: 2026-11-01", "effective: 2026-11-01\ncolour: red", "colour", "extra"),
        ("  reversibility:\n", "  regret:\n", "scales.regret", "likelihood"),
    ],
)
def test_a_spoilt_profile_is_refused_with_its_place(
    before: str, after: str, place: str, problem: str
) -> None:
    rows = rejected(before, after)
    assert any(place in where and problem in what for where, what in rows.items()), rows


def test_the_packaged_profile_is_one_object() -> None:
    assert packaged_profile() is packaged_profile()
