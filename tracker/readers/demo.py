"""The demo portfolio: from its files to one checked whole."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import BytesIO
from typing import Final, TypeVar

from tracker.domain.drafts import Draft
from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import EvidenceFile
from tracker.readers.areas import packaged_areas
from tracker.readers.criteria_checks import criteria_problems
from tracker.readers.criteria_files import CriteriaFile
from tracker.readers.data_files import read_folder
from tracker.readers.demo_checks import demo_problems
from tracker.readers.demo_files import (
    DemoFiles,
    DocumentsFile,
    FactsFile,
    JudgementsFile,
    LaunchFiles,
    PortfolioFile,
    ProposalsFile,
)
from tracker.readers.evidence.reading import read_evidence
from tracker.readers.review_checks import review_problems
from tracker.readers.review_files import ReviewFile
from tracker.readers.yaml_file import read_yaml

DEMO_FOLDER: Final = "demo"
FIGURES_FILE: Final = "published_figures.csv"
_OF_A_LAUNCH: Final = (
    *("facts.yaml", "judgements.yaml", "criteria.yaml", "review.yaml"),
    FIGURES_FILE,
)

F = TypeVar("F")
M = TypeVar("M", bound=Draft)
_Problems = dict[str, str]


def read_demo(files: Mapping[str, bytes], areas: Iterable[str]) -> DemoFiles:
    """Read the demo portfolio.

    Args:
        files: Path below `data/demo` to content.
        areas: Codes of the policy areas that exist.

    Raises:
        ImportRejected: A file is missing, unexpected or wrong, or the files contradict each
            other; every wrong place is named.
    """
    problems: _Problems = {}
    portfolio = _read(files, ["portfolio.yaml"], _yaml(PortfolioFile), problems)
    keys = [key for file in portfolio for key in file.launches]
    documents = _read(files, ["sources.yaml"], _yaml(DocumentsFile), problems)
    proposals = _read(files, ["proposals.yaml"], _yaml(ProposalsFile), problems)
    facts = _read(files, [f"{key}/facts.yaml" for key in keys], _yaml(FactsFile), problems)
    judged = _read(
        files, [f"{key}/judgements.yaml" for key in keys], _yaml(JudgementsFile), problems
    )
    criteria = _read(files, [f"{key}/criteria.yaml" for key in keys], _yaml(CriteriaFile), problems)
    figures = _read(files, [f"{key}/{FIGURES_FILE}" for key in keys], _figures, problems)
    reviews = _read(files, [f"{key}/review.yaml" for key in keys], _yaml(ReviewFile), problems)
    known = {"portfolio.yaml", "sources.yaml", "proposals.yaml"}
    known |= {f"{key}/{name}" for key in keys for name in _OF_A_LAUNCH}
    stray = files.keys() - known if portfolio else set[str]()
    problems |= dict.fromkeys(stray, "belongs to no launch of portfolio.yaml")
    _refuse(problems)
    whole = zip(facts, judged, criteria, figures, reviews, strict=True)
    launches = tuple(LaunchFiles(*parts) for parts in whole)
    demo = DemoFiles(portfolio[0], documents[0], proposals[0], launches)
    known_areas = frozenset(areas)
    _refuse(dict([*demo_problems(demo, known_areas), *criteria_problems(demo, known_areas)]))
    _refuse(dict(review_problems(demo)))
    return demo


@cache
def packaged_demo() -> DemoFiles:
    """Return the demo portfolio that ships with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The folder is not there.
        ImportRejected: Its files are not sound.
    """
    return read_demo(read_folder(DEMO_FOLDER), [area.code for area in packaged_areas()])


def _read(
    files: Mapping[str, bytes],
    names: Iterable[str],
    read: Callable[[bytes, str], F],
    problems: _Problems,
) -> list[F]:
    """Read files of one kind, noting what is wrong with each."""
    sound: list[F] = []
    for name in names:
        if name not in files:
            problems[name] = "is missing"
            continue
        try:
            sound.append(read(files[name], name))
        except ImportRejected as error:
            problems |= {f"{name}, {place}": text for place, text in error.rows.items()}
    return sound


def _yaml(kind: type[M]) -> Callable[[bytes, str], M]:
    return lambda content, name: read_yaml(content, name, kind)


def _figures(content: bytes, _: str) -> EvidenceFile:
    """Read published figures as anybody's table of metrics is read."""
    return read_evidence(FIGURES_FILE, BytesIO(content))


def _refuse(problems: _Problems) -> None:
    if problems:
        raise ImportRejected(DEMO_FOLDER, dict(sorted(problems.items())))
