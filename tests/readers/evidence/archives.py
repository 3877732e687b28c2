"""Archives taken apart and put together again, changed."""

import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from tracker.readers.evidence.archive import Archive


def members_of(content: bytes) -> dict[str, bytes]:
    """What an archive holds, unpacked by the reader under test."""
    archive = Archive(BytesIO(content))
    return {name: archive.open(name).read() for name in archive.names}


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of these members."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one member changed, and all of them stored as they are."""
    members = members_of(content)
    return packed({key: change(inner) if key == name else inner for key, inner in members.items()})


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """A JSON document, changed in place by a function."""
    document = json.loads(content)
    change(document)
    return json.dumps(document).encode()
