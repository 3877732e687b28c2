"""The one way into a result file: hashed, recognised by content, read, and checked."""

import hashlib
from collections.abc import Mapping
from typing import BinaryIO, Final

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import EvidenceFile
from tracker.domain.words import EvidenceFormat
from tracker.readers.evidence import (
    garak,
    inspect_archive,
    inspect_log,
    lm_eval,
    metric_table,
    promptfoo,
)
from tracker.readers.evidence.checking import checked
from tracker.readers.evidence.contents import Reader, refused
from tracker.readers.evidence.limits import MAX_FILE_BYTES
from tracker.readers.evidence.recognising import recognise

READERS: Final[Mapping[EvidenceFormat, Reader]] = {
    EvidenceFormat.INSPECT_EVAL: inspect_archive.read,
    EvidenceFormat.INSPECT_JSON: inspect_log.read,
    EvidenceFormat.LM_EVAL: lm_eval.read,
    EvidenceFormat.PROMPTFOO: promptfoo.read,
    EvidenceFormat.GARAK: garak.read,
    EvidenceFormat.METRIC_TABLE: metric_table.read,
}

_CHUNK: Final = 1 << 20


def read_evidence(name: str, source: BinaryIO) -> EvidenceFile:
    """Read a result file of any known format.

    Args:
        name: What the file is called; it plays no part in how the file is read, only in whether
            one that cannot be read may be passed over.
        source: Its bytes, seekable; read from the start whatever its position.

    Raises:
        ImportRejected: Nothing of the file is taken in; every place that was found wrong is
            named, with a sentence about it. `NotAResult` where the file is plainly none.
    """
    try:
        sha256, size = _fingerprint(source)
        kind = recognise(source, name)
        source.seek(0)
        contents = checked(READERS[kind](source))
    except ImportRejected as error:
        raise type(error)(name, error.rows) from None
    return EvidenceFile(name, sha256, size, kind, contents.runs, contents.warnings)


def _fingerprint(source: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    source.seek(0)
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise refused("whole file", f"is larger than {MAX_FILE_BYTES:,} bytes")
        digest.update(chunk)
    if not size:
        raise refused("whole file", "is empty")
    return digest.hexdigest(), size
