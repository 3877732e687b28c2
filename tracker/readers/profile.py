"""A scoring profile: from the file that its owner signs to the record that scoring uses."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from tracker.domain.drafts import Draft
from tracker.domain.scales import Anchor, GradeMeaning, Scale, ScoringProfile, TradeOff
from tracker.domain.types import Key, Name, Pick, Text, Title
from tracker.domain.words import ASSESSED_LEVELS, EvidenceGrade, Factor, Level
from tracker.readers.data_files import read_data
from tracker.readers.yaml_file import read_yaml

PROFILE_FILE: Final = "scoring_profile_p1.yaml"

Points = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
HalfWidth = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
_BOUNDED: Final = tuple(level for level in reversed(ASSESSED_LEVELS) if level != Level.VERY_LOW)


class _AnchorEntry(Draft):
    word: Name
    text: Title
    points: Points


class _ScaleEntry(Draft):
    name: Name
    question: Title
    anchors: Annotated[tuple[_AnchorEntry, ...], Field(min_length=5, max_length=5)]

    @model_validator(mode="after")
    def _points_rise(self) -> Self:
        _require_rising("points", [anchor.points for anchor in self.anchors])
        if len({anchor.word for anchor in self.anchors}) < len(self.anchors):
            raise ValueError("two anchors have the same word")
        return self


class _GradeEntry(Draft):
    text: Title
    half_width: HalfWidth


class _FloorEntry(Draft):
    severity: Pick
    reversibility: Pick
    level: Level

    @model_validator(mode="after")
    def _level_is_one_of_assessed_risks(self) -> Self:
        if self.level is Level.UNASSESSED:
            raise ValueError("the floor is a level of an assessed risk")
        return self


class _MitigationEntry(Draft):
    common_cause: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    remain_floor: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]


class _MatrixEntry(Draft):
    harm_cuts: Annotated[tuple[Points, ...], Field(min_length=4, max_length=4)]
    likelihood_cuts: Annotated[tuple[Points, ...], Field(min_length=4, max_length=4)]

    @model_validator(mode="after")
    def _cuts_rise(self) -> Self:
        _require_rising("harm_cuts", self.harm_cuts)
        _require_rising("likelihood_cuts", self.likelihood_cuts)
        return self


class _ProfileFile(Draft):
    version: Name
    title: Title
    owner: Key
    effective: Annotated[date, Field(strict=True)]
    base: Points
    scales: dict[Factor, _ScaleEntry]
    grades: dict[EvidenceGrade, _GradeEntry]
    levels: dict[Level, Points]
    floor: _FloorEntry
    mitigations: _MitigationEntry
    matrix: _MatrixEntry
    trade_offs: Annotated[tuple[Text, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        _require_all("scales", tuple(Factor), tuple(self.scales))
        _require_all("grades", tuple(EvidenceGrade), tuple(self.grades))
        _require_all("levels", _BOUNDED, tuple(self.levels))
        _require_rising("half-widths", [self.grades[grade].half_width for grade in EvidenceGrade])
        _require_rising("levels", [self.levels[level] for level in reversed(_BOUNDED)])
        return self


def read_profile(content: bytes, source: str) -> ScoringProfile:
    """Read a scoring profile.

    Raises:
        ImportRejected: Points that do not rise, a missing anchor, level or grade, an unknown
            key or any other wrong place, each with its line.
    """
    file = read_yaml(content, source, _ProfileFile)
    return ScoringProfile(
        version=file.version,
        title=file.title,
        owner=file.owner,
        effective=file.effective.isoformat(),
        base=file.base,
        scales={factor: _scale(factor, file.scales[factor]) for factor in Factor},
        grades={grade: _grade(grade, file.grades[grade]) for grade in EvidenceGrade},
        lower_bounds=tuple((level, file.levels[level]) for level in _BOUNDED),
        common_cause=file.mitigations.common_cause,
        remain_floor=file.mitigations.remain_floor,
        floor_severity=file.floor.severity,
        floor_reversibility=file.floor.reversibility,
        floor_level=file.floor.level,
        harm_cuts=file.matrix.harm_cuts,
        likelihood_cuts=file.matrix.likelihood_cuts,
        trade_offs=tuple(TradeOff(text) for text in file.trade_offs),
    )


@cache
def packaged_profile() -> ScoringProfile:
    """Return the scoring profile that ships with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The file is not there.
        ImportRejected: The file is not a sound profile.
    """
    return read_profile(read_data(PROFILE_FILE), PROFILE_FILE)


def _scale(factor: Factor, entry: _ScaleEntry) -> Scale:
    anchors = tuple(
        Anchor(pick, anchor.word, anchor.text, anchor.points)
        for pick, anchor in enumerate(entry.anchors, start=1)
    )
    return Scale(factor, entry.name, entry.question, anchors)


def _grade(grade: EvidenceGrade, entry: _GradeEntry) -> GradeMeaning:
    return GradeMeaning(grade, entry.text, entry.half_width)


def _require_rising(what: str, values: Sequence[float]) -> None:
    for before, after in pairwise(values):
        if after <= before:
            raise ValueError(f"{what} must rise at every step, but {after:g} follows {before:g}")


def _require_all(what: str, wanted: Sequence[str], given: Sequence[str]) -> None:
    if set(wanted) != set(given):
        raise ValueError(f"{what} must be exactly {', '.join(wanted)}")
