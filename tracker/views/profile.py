"""The scoring profile as tables and sentences that a policy owner can agree with or change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.charts.matrix import harm_labels, likelihood_labels
from tracker.domain.scales import Scale, ScoringProfile
from tracker.domain.words import Level
from tracker.scoring.show import plain, signed
from tracker.views.figures import frame

ANSWERS: Final = "How do picks become a score, and what does that trade off?"

ANCHOR_DTYPES: Final = {"pick": "int64", "word": "str", "anchor": "str", "points": "str"}
LEVEL_DTYPES: Final = {"level": "str", "harm_score": "str"}
GRADE_DTYPES: Final = {"grade": "str", "meaning": "str", "half_width": "str"}
CUT_DTYPES: Final = {"step": "int64", "likelihood": "str", "harm": "str"}


@dataclass(frozen=True, slots=True)
class ProfileView:
    """One version of the scoring profile.

    Attributes:
        headline: Its version and title.
        signed_by: Who owns it and from when it holds.
        levels: From which harm score on each level begins, the worst first.
        grades: What each evidence grade means and how wide it makes the interval.
        cuts: The rows and columns of the matrix, the least first.
        floor: What the floor says.
        mitigations: How mitigations combine, in words.
        trade_offs: What the points imply.
    """

    headline: str
    signed_by: str
    levels: pd.DataFrame
    grades: pd.DataFrame
    cuts: pd.DataFrame
    floor: str
    mitigations: str
    trade_offs: tuple[str, ...]


def profile_view(profile: ScoringProfile) -> ProfileView:
    """Return a scoring profile in tables and words."""
    return ProfileView(
        headline=f"{profile.version}: {profile.title}",
        signed_by=f"Owned by {profile.owner}, in force since {profile.effective}.",
        levels=_levels(profile),
        grades=_grades(profile),
        cuts=_cuts(profile),
        floor=_floor(profile),
        mitigations=_mitigations(profile),
        trade_offs=tuple(trade_off.text for trade_off in profile.trade_offs),
    )


def tables_of(shown: ProfileView) -> tuple[tuple[pd.DataFrame, dict[str, str], str], ...]:
    """Return each further table with its columns by title, and its name."""
    return (
        (shown.levels, {"level": "Level", "harm_score": "Harm score"}, "Levels"),
        (
            shown.grades,
            {
                "grade": "Evidence grade",
                "meaning": "What it rests on",
                "half_width": "90 % half-width, in points",
            },
            "Evidence grades",
        ),
        (
            shown.cuts,
            {
                "step": "Step",
                "likelihood": "Row: likelihood, mitigations counted",
                "harm": "Column: harm, severity with exposure and reversibility",
            },
            "Rows and columns of the matrix",
        ),
    )


def anchor_words(scale: Scale) -> Callable[[int], str]:
    """Return what prints a pick of a scale with its word and its anchor."""

    def words(pick: int) -> str:
        anchor = scale.anchor(pick)
        return f"{anchor.pick} {anchor.word}: {anchor.text.removeprefix(f'{anchor.word}: ')}"

    return words


def anchors(scale: Scale) -> pd.DataFrame:
    """Return the five anchors of a scale with their points."""
    return frame(
        [
            {
                "pick": anchor.pick,
                "word": anchor.word,
                "anchor": anchor.text,
                "points": signed(anchor.points),
            }
            for anchor in scale.anchors
        ],
        ANCHOR_DTYPES,
    )


def _levels(profile: ScoringProfile) -> pd.DataFrame:
    lowest = profile.lower_bounds[-1][1]
    lines = [
        {"level": str(level), "harm_score": f"{plain(bound)} and above"}
        for level, bound in profile.lower_bounds
    ]
    lines.append({"level": str(Level.VERY_LOW), "harm_score": f"below {plain(lowest)}"})
    lines.append({"level": str(Level.UNASSESSED), "harm_score": "none: unknown is never low"})
    return frame(lines, LEVEL_DTYPES)


def _grades(profile: ScoringProfile) -> pd.DataFrame:
    return frame(
        [
            {
                "grade": str(grade),
                "meaning": meaning.text,
                "half_width": f"± {plain(meaning.half_width)}",
            }
            for grade, meaning in profile.grades.items()
        ],
        GRADE_DTYPES,
    )


def _cuts(profile: ScoringProfile) -> pd.DataFrame:
    pairs = zip(likelihood_labels(profile), harm_labels(profile), strict=True)
    return frame(
        [
            {
                "step": step,
                "likelihood": likelihood.replace("|", ", "),
                "harm": harm.replace("|", ", "),
            }
            for step, (likelihood, harm) in enumerate(pairs, start=1)
        ],
        CUT_DTYPES,
    )


def _floor(profile: ScoringProfile) -> str:
    return (
        f"Severity {profile.floor_severity} with reversibility {profile.floor_reversibility} or "
        f"more is never below {profile.floor_level}: no mitigation lifts this floor."
    )


def _mitigations(profile: ScoringProfile) -> str:
    common = profile.common_cause * 100
    least = profile.remain_floor * 100
    return (
        "Within one mechanism the best mitigation counts. Different mechanisms multiply, but "
        f"{common:.0f} % of the loss is left to the best of them alone, since they can fail "
        f"together; never less than {least:.0f} % is left."
    )
