"""The real result files under tests/data/evidence, and short ways to read one."""

from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import EvidenceFile, MetricReading, RunReading
from tracker.readers.evidence.reading import read_evidence

FOLDER: Final = Path(__file__).parents[2] / "data" / "evidence"
TOOLS: Final = ("inspect", "lm_eval", "promptfoo", "garak", "other", "table")
ALL: Final = tuple(
    sorted(path for tool in TOOLS for path in (FOLDER / tool).glob("*") if path.is_file())
)


def name_of(path: Path) -> str:
    """The file's name, for the names of tests."""
    return path.name


def content_of(name: str) -> bytes:
    """The bytes of a real file, by tool and name."""
    return (FOLDER / name).read_bytes()


def read(content: bytes, name: str = "file") -> EvidenceFile:
    """Read bytes as a result file."""
    return read_evidence(name, BytesIO(content))


def the_run(name: str) -> RunReading:
    """The only run of a real file."""
    (run,) = read(content_of(name), name).runs
    return run


def the_metric(run: RunReading, metric: str, part: str = "") -> MetricReading:
    """One metric of a run, by name and slice."""
    (found,) = (m for m in run.metrics if (m.metric, m.slice) == (metric, part))
    return found


def refusal(content: bytes) -> ImportRejected:
    """Why these bytes are refused."""
    with pytest.raises(ImportRejected) as caught:
        read(content)
    return caught.value
