"""The scoring profile: the points, anchors and levels that a policy owner signs as one version."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.words import EvidenceGrade, Factor, Level


@dataclass(frozen=True, slots=True)
class Anchor:
    """One step of a scale: its pick (1 to 5), short word, printed anchor and points."""

    pick: int
    word: str
    text: str
    points: float


@dataclass(frozen=True, slots=True)
class Scale:
    """One factor of an assessment with its question and five anchors in ascending order."""

    factor: Factor
    name: str
    question: str
    anchors: tuple[Anchor, ...]

    def anchor(self, pick: int) -> Anchor:
        """Return the anchor of a pick from 1 to 5."""
        return self.anchors[pick - 1]


@dataclass(frozen=True, slots=True)
class GradeMeaning:
    """What an evidence grade means and its 90 % half-width in points."""

    grade: EvidenceGrade
    text: str
    half_width: float


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A consequence of the points in plain words, for the policy owner to agree with or change."""

    text: str


@dataclass(frozen=True, eq=False)
class ScoringProfile:
    """One signed version of the scoring tables (`data/scoring_profile_p1.yaml`).

    Compared by identity, so that figures can be cached per profile.

    Attributes:
        version: Name of the version, such as `P1`.
        base: Constant added to every score (3.5), so that scores stay positive.
        scales: The five scales by factor; points are powers of ten of expected harm.
        grades: Half-widths of the 90 % interval by evidence grade, in points.
        lower_bounds: Lowest harm score of each level, from Critical down; Very low has none.
        common_cause: Share of a combination that the best mechanism alone decides (0.1).
        remain_floor: Smallest share that any set of mitigations may leave (0.01).
        floor_severity: From this severity on ...
        floor_reversibility: ... with this reversibility, the level is never below `floor_level`.
        harm_cuts: Four cuts of h that make the five columns of the matrix (2, 3, 4, 5).
        likelihood_cuts: Four cuts of L + log10(remain) that make its five rows, the decimal
            logarithms of the limits between the likelihood anchors (0.1 %, 1 %, 10 %, 50 %).
    """

    version: str
    title: str
    owner: str
    effective: str
    base: float
    scales: Mapping[Factor, Scale]
    grades: Mapping[EvidenceGrade, GradeMeaning]
    lower_bounds: tuple[tuple[Level, float], ...]
    common_cause: float
    remain_floor: float
    floor_severity: int
    floor_reversibility: int
    floor_level: Level
    harm_cuts: tuple[float, ...]
    likelihood_cuts: tuple[float, ...]
    trade_offs: tuple[TradeOff, ...]

    def points(self, factor: Factor, pick: int) -> float:
        """Return the points of a pick (1 to 5) on one factor."""
        return self.scales[factor].anchor(pick).points
