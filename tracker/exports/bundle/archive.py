"""A ZIP whose bytes follow from its content alone, so that any changed byte can be named.

Nothing is compressed and every member bears the same date: packing the same files again gives the
same archive on any machine. `MANIFEST.json` names each file with its SHA-256 and is sealed by the
SHA-256 of the rest of itself.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, cast

from tracker.sealing.canonical import canonical_bytes

MANIFEST: Final = "MANIFEST.json"
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_READABLE: Final = 0o100644 << 16


def pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """Return a bundle of these files, with its manifest first.

    Args:
        files: Path inside the bundle to content.
        about: What the manifest says of the bundle besides its files; plain values.
    """
    listed = {name: _entry(content) for name, content in sorted(files.items())}
    manifest = {**about, "files": listed}
    manifest["seal"] = seal_of(manifest)
    return archive({MANIFEST: canonical_bytes(manifest), **dict(sorted(files.items()))})


def seal_of(manifest: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a manifest without its seal."""
    return digest(canonical_bytes({name: it for name, it in manifest.items() if name != "seal"}))


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of files in the given order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _DATE)
            member.external_attr = _READABLE
            member.create_system = 3
            packed.writestr(member, content)
    return written.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 in 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def problems_of(packed: bytes) -> list[str]:
    """Return what is wrong with a bundle as a container, each by the name of a file."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as opened:
            files = {member.filename: opened.read(member) for member in opened.infolist()}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        return [f"the archive cannot be read: {error}"]
    found = _problems_of_files(files)
    if not found and archive(files) != packed:
        found.append("the archive itself was changed: its headers are not those of its files")
    return found


def manifest_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Read the manifest of unpacked files.

    Raises:
        ValueError: There is none, it is no JSON object, or its seal is wrong.
    """
    content = files.get(MANIFEST)
    if content is None:
        raise ValueError(f"{MANIFEST} is missing")
    try:
        read = json.loads(content)
    except ValueError as error:
        raise ValueError(f"{MANIFEST} was changed: it is no JSON") from error
    manifest = cast(dict[str, Any], read) if isinstance(read, dict) else {}
    if canonical_bytes(manifest) != content:
        raise ValueError(f"{MANIFEST} was changed: it is not in canonical form")
    if manifest.get("seal") != seal_of(manifest):
        raise ValueError(f"{MANIFEST} was changed: its seal does not fit")
    return manifest


def _problems_of_files(files: Mapping[str, bytes]) -> list[str]:
    try:
        listed = manifest_of(files)["files"]
    except (ValueError, KeyError) as error:
        return [str(error)]
    named = set(listed)
    present = set(files) - {MANIFEST}
    found = [f"{name} is missing" for name in sorted(named - present)]
    found += [f"{name} is not of this bundle" for name in sorted(present - named)]
    changed = (name for name in sorted(named & present) if listed[name] != _entry(files[name]))
    return found + [f"{name} was changed" for name in changed]


def _entry(content: bytes) -> dict[str, Any]:
    return {"sha256": digest(content), "size": len(content)}
