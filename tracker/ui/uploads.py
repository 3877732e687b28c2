"""Result files that somebody uploaded, read once each, however often the page is drawn."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import Any, Final

import streamlit as st

from tracker.domain.evidence import EvidenceFile
from tracker.services.evidence_files import FilesRead, Refusals, Source, note, read_files
from tracker.ui.text import plain, shortened

KEPT: Final = 400
"""Files whose contents are kept; the longest unused go first, and are read again if need be."""

Tell = Callable[[int, str], None]
"""Is told how many files are read and the name of the next."""


def read_shown(uploaded: Sequence[Any]) -> FilesRead:
    """Read files with a bar that says how far it has come, and on which file it is."""
    bar = st.progress(0.0, "Reading …")

    def tell(done: int, name: str) -> None:
        words = f"Reading file {done + 1} of {len(uploaded)}: {shortened(name)}"
        bar.progress(done / len(uploaded), plain(words))

    found = read(uploaded, tell)
    bar.empty()
    return found


def read(uploaded: Sequence[Any], tell: Tell = lambda _done, _name: None) -> FilesRead:
    """Read files in the order given; the id of an upload tells it from others of its name."""
    shelf = _shelf()
    files: list[EvidenceFile] = []
    refused: dict[str, Any] = {}
    for done, upload in enumerate(uploaded):
        one = shelf.get(upload.file_id)
        if one is None:
            tell(done, upload.name)
            one = read_files([Source(upload.name, partial(_stream, upload))])
        _keep(shelf, upload.file_id, one)
        files += one.files
        _note_all(refused, one.refused)
    return FilesRead(tuple(files), refused)


def _note_all(refused: dict[str, Any], of_one: Refusals) -> None:
    for name, places in of_one.items():
        note(refused, name, places)


def _keep(shelf: OrderedDict[str, FilesRead], file_id: str, one: FilesRead) -> None:
    shelf.pop(file_id, None)
    shelf[file_id] = one
    while len(shelf) > KEPT:
        shelf.popitem(last=False)


def _stream(upload: Any) -> BytesIO:
    return BytesIO(upload.getbuffer())


@st.cache_resource(show_spinner=False)
def _shelf() -> OrderedDict[str, FilesRead]:
    """What was read lately, of all who import now; no session could hold it (see config.toml)."""
    return OrderedDict()
