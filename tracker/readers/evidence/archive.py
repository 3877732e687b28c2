"""Zip archives read member by member, in memory that does not grow with what they claim to hold.

Nothing is ever written to disk. Members may be stored, deflated, or packed with Zstandard (method
93 of the zip specification, APPNOTE 6.3.8), which Inspect writes since 0.3.206 and the zipfile of
Python 3.11 cannot read: the packed bytes are taken as they lie in the file and unpacked here.
"""

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO, Final

import zstandard

from tracker.domain.errors import ImportRejected
from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_DIRECTORY_BYTES,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    RATIO_FREE_BYTES,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_STORED: Final = 0
_DEFLATED: Final = 8
_ZSTANDARD: Final = 93
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_CHUNK: Final = 1 << 16
_END_BYTES: Final = 1 << 17
"""More than the end of an archive with the longest comment, for which zipfile names no size."""
_LARGEST_WINDOW: Final = 1 << 27


class Archive:
    """A zip archive whose directory was read and found sound; members are read on demand."""

    def __init__(self, source: BinaryIO) -> None:
        """Read the directory.

        Raises:
            ImportRejected: Not a zip archive, too large once unpacked, packed more tightly than
                any log is, or with members that are encrypted, repeated, or named as if they
                lay outside the archive.
        """
        self._source = source
        self._members = {member.filename: member for member in _directory(source)}

    @property
    def names(self) -> tuple[str, ...]:
        """The members, in the archive's own order."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def open(self, name: str) -> BinaryIO:
        """A member's unpacked bytes as a stream, checked on the way.

        Reading raises `ImportRejected` if the member is damaged or longer than it says.
        """
        return io.BufferedReader(_Unpacked(self._source, self._members[name]), _CHUNK)


class _Unpacked(io.RawIOBase):
    """The checked chunks of one member behind the interface of a file."""

    def __init__(self, source: BinaryIO, member: zipfile.ZipInfo) -> None:
        self._chunks = _checked(member, _unpacked(source, member))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        target = memoryview(buffer)
        if not self._left:
            self._left = next(self._chunks, b"")
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


class _Guarded:
    """Keeps zipfile from reading a directory of any size that a file may claim."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.seek = source.seek
        self.tell = source.tell
        self.seekable = source.seekable

    def read(self, size: int = _END_BYTES) -> bytes:
        if size > MAX_DIRECTORY_BYTES:
            raise refused(
                "whole file", f"has a directory of more than {MAX_DIRECTORY_BYTES:,} bytes"
            )
        return self._source.read(size)


class _Slice(io.RawIOBase):
    """A stretch of a file, read from its own position."""

    def __init__(self, source: BinaryIO, start: int, size: int) -> None:
        self._source, self._at, self._end = source, start, start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        target = memoryview(buffer)
        self._source.seek(self._at)
        chunk = self._source.read(min(len(target), self._end - self._at))
        target[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


def _directory(source: BinaryIO) -> list[zipfile.ZipInfo]:
    guarded: IO[bytes] = _Guarded(source)  # pyright: ignore[reportAssignmentType]
    try:
        with zipfile.ZipFile(guarded) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise refused(
            "whole file", "is not a whole zip archive: its directory cannot be read"
        ) from None
    if len(members) > MAX_MEMBERS:
        raise refused("whole file", f"holds {len(members):,} members; at most {MAX_MEMBERS:,}")
    if problems := dict(_unsound(members)):
        raise ImportRejected("file", problems)
    return members


def _unsound(members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    if sum(member.file_size for member in members) > MAX_ARCHIVE_BYTES:
        yield "whole file", f"holds more than {MAX_ARCHIVE_BYTES:,} bytes once unpacked"
    times = Counter(member.filename for member in members)
    for member in members:
        problem = _problem(member, times[member.filename])
        if problem:
            yield _place(member), problem


def _problem(member: zipfile.ZipInfo, times: int) -> str:
    if re.search(r"^[\\/]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)", member.orig_filename):
        return "is named as if it lay outside the archive"
    if times > 1:
        return f"appears {times} times"
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if member.file_size > MAX_MEMBER_BYTES:
        return f"holds more than {MAX_MEMBER_BYTES:,} bytes once unpacked"
    if member.file_size > max(RATIO_FREE_BYTES, MAX_RATIO * member.compress_size):
        return f"is packed more than {MAX_RATIO}-fold, as no log is"
    return ""


def _place(member: zipfile.ZipInfo) -> str:
    return f"member “{member.filename[:80]}”"


def _checked(member: zipfile.ZipInfo, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass chunks on while they fit the size that the directory gives, then check their sum."""
    size = crc = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            if size > member.file_size:
                raise refused(_place(member), "is longer than the archive says")
            if chunk:
                yield chunk
    except (zlib.error, zstandard.ZstdError, struct.error, OSError, ValueError):
        raise refused(_place(member), "is damaged and cannot be unpacked") from None
    if (size, crc) != (member.file_size, member.CRC):
        raise refused(_place(member), "is damaged: its check sum or length does not fit")


def _unpacked(source: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _packed(source, member)
    if member.compress_type == _STORED:
        return iter(lambda: packed.read(_CHUNK), b"")
    if member.compress_type == _DEFLATED:
        return _inflated(packed)
    if member.compress_type == _ZSTANDARD:
        engine = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        # Members above 200 MiB are written as several frames, one after the other.
        stream = engine.stream_reader(packed, read_across_frames=True)
        return iter(lambda: stream.read(_CHUNK), b"")
    raise refused(_place(member), f"is packed with method {member.compress_type}, which is unknown")


def _packed(source: BinaryIO, member: zipfile.ZipInfo) -> BinaryIO:
    source.seek(max(member.header_offset, 0))
    header = source.read(_LOCAL_HEADER.size)
    if (
        member.header_offset < 0
        or len(header) < _LOCAL_HEADER.size
        or not header.startswith(b"PK\x03\x04")
    ):
        raise refused(_place(member), "is not where the archive says")
    _, name_size, extra_size = _LOCAL_HEADER.unpack(header)
    start = member.header_offset + _LOCAL_HEADER.size + name_size + extra_size
    return io.BufferedReader(_Slice(source, start, member.compress_size), _CHUNK)


def _inflated(packed: BinaryIO) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    while not engine.eof:
        chunk = engine.unconsumed_tail or packed.read(_CHUNK)
        if not chunk:
            break
        yield engine.decompress(chunk, _CHUNK)
    yield engine.flush()
