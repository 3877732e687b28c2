"""Reads Inspect logs written as JSON, of any size: samples are counted while they stream by."""

from typing import BinaryIO

from tracker.readers.evidence.contents import Contents
from tracker.readers.evidence.inspect_header import HEADER_PATHS
from tracker.readers.evidence.inspect_parts import ENDS, REDUCTION_PATHS, SAMPLE_PATHS, LogParts
from tracker.readers.evidence.json_stream import from_start, selected


def read(source: BinaryIO) -> Contents:
    """Read a log, version 1 or 2.

    Raises:
        ImportRejected: Broken JSON, another version, or parts of another shape than Inspect's.
    """
    parts = LogParts()
    wanted = HEADER_PATHS | SAMPLE_PATHS | REDUCTION_PATHS
    parts.take_all(selected(lambda: from_start(source), wanted, ends=ENDS))
    return parts.contents()
