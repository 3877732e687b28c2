"""The demo portfolio: from its files to one checked whole."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, TypeVar

from tracker.domain.drafts import Draft
from tracker.domain.errors import ImportRejected
from tracker.readers.areas import packaged_areas
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
from tracker.readers.yaml_file import read_yaml

DEMO_FOLDER: Final = "demo"

F = TypeVar("F", bound=Draft)
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
    portfolio = _read(files, ["portfolio.yaml"], PortfolioFile, problems)
    keys = [key for file in portfolio for key in file.launches]
    documents = _read(files, ["sources.yaml"], DocumentsFile, problems)
    proposals = _read(files, ["proposals.yaml"], ProposalsFile, problems)
    facts = _read(files, [f"{key}/facts.yaml" for key in keys], FactsFile, problems)
    judged = _read(files, [f"{key}/judgements.yaml" for key in keys], JudgementsFile, problems)
    known = {"portfolio.yaml", "sources.yaml", "proposals.yaml"}
    known |= {f"{key}/{kind}.yaml" for key in keys for kind in ("facts", "judgements")}
    stray = files.keys() - known if portfolio else set[str]()
    problems |= dict.fromkeys(stray, "belongs to no launch of portfolio.yaml")
    _refuse(problems)
    launches = tuple(LaunchFiles(*pair) for pair in zip(facts, judged, strict=True))
    demo = DemoFiles(portfolio[0], documents[0], proposals[0], launches)
    _refuse(dict(demo_problems(demo, frozenset(areas))))
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
    files: Mapping[str, bytes], names: Iterable[str], kind: type[F], problems: _Problems
) -> list[F]:
    """Read files of one kind, noting what is wrong with each."""
    sound: list[F] = []
    for name in names:
        if name not in files:
            problems[name] = "is missing"
            continue
        try:
            sound.append(read_yaml(files[name], name, kind))
        except ImportRejected as error:
            problems |= {f"{name}, {place}": text for place, text in error.rows.items()}
    return sound


def _refuse(problems: _Problems) -> None:
    if problems:
        raise ImportRejected(DEMO_FOLDER, dict(sorted(problems.items())))
