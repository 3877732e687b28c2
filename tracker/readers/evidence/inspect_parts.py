"""Gathers the parts of an Inspect log as they stream by, whatever file they come from."""

from collections.abc import Iterable, Mapping
from typing import Final, cast

from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.inspect_figures import group_keys_of
from tracker.readers.evidence.inspect_header import (
    HEADER_PATHS,
    Results,
    checked_part,
    header_of,
)
from tracker.readers.evidence.inspect_run import contents_of
from tracker.readers.evidence.inspect_samples import SampleCounts

_SAMPLE: Final = "samples.item"
_REDUCTION: Final = "reductions.item"

SAMPLE_PATHS: Final = frozenset(
    f"{_SAMPLE}.{name}" for name in ("id", "metadata", "scores", "score")
)
REDUCTION_PATHS: Final = frozenset(
    f"{_REDUCTION}.{name}" for name in ("scorer", "reducer", "samples.item")
)
ENDS: Final = frozenset({_SAMPLE, _REDUCTION})


class LogParts:
    """A log in the making: header parts by path, and its samples counted."""

    def __init__(self) -> None:
        self._header: dict[str, object] = {}
        self._counts = SampleCounts()
        self._fields: dict[str, object] = {}

    def take_all(self, found: Iterable[tuple[str, object]]) -> None:
        """Take parts by path, as `HEADER_PATHS`, `SAMPLE_PATHS` and `REDUCTION_PATHS` name them.

        Raises:
            ImportRejected: A part that appears twice, or results of another shape than Inspect's.
        """
        for path, value in found:
            if path in HEADER_PATHS:
                self._take_header(path, value)
            elif path == f"{_REDUCTION}.samples.item":
                self._take_reduced(value)
            elif path in ENDS:
                self._end(path)
            else:
                self._fields[path] = value

    def note_edit(self) -> None:
        """Keep in mind that a score was changed after the run."""
        self._counts.edited = True

    def contents(self, *warnings: str) -> Contents:
        """The run that was gathered."""
        return contents_of(header_of(self._header), self._counts, warnings)

    def _take_header(self, path: str, value: object) -> None:
        if path in self._header:
            raise refused(path, "appears twice")
        self._header[path] = value
        if path == "results" and value is not None:
            # Samples come after the results, so that their groups are known when they are counted.
            results = checked_part(Results, value, path)
            self._counts.group_keys = group_keys_of(results.all_scores)

    def _take_reduced(self, value: object) -> None:
        scorer, reducer = (self._fields.get(f"{_REDUCTION}.{n}") for n in ("scorer", "reducer"))
        self._counts.add_reduced(str(scorer or ""), str(reducer or ""), value)

    def _end(self, path: str) -> None:
        if path == _SAMPLE:
            scores = self._fields.get(f"{_SAMPLE}.scores")
            if not isinstance(scores, dict):
                scores = {"": self._fields.get(f"{_SAMPLE}.score")}
            self._counts.add_sample(
                self._fields.get(f"{_SAMPLE}.id"),
                self._fields.get(f"{_SAMPLE}.metadata"),
                cast(Mapping[str, object], scores),
            )
        self._fields = {}
