"""Writes zip archives one member at a time, Zstandard too, which Python 3.11's zipfile cannot."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

from zstandard import ZstdCompressor

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
VERSION = 20
FIRST_DAY = 0x21
"""1 January 1980 as zip archives write a date."""

FRAME_BYTES = 1_000_000
"""A longer member has several Zstandard frames. Inspect starts a new one at 200 MiB."""


class Packing(IntEnum):
    """How members are packed: the method's number in the archive."""

    STORED = 0
    DEFLATED = 8
    ZSTANDARD = 93


def write_zip(path: Path, members: Iterable[tuple[str, bytes]], packing: Packing) -> None:
    """Write members (name and content) in their order; fewer than 65 536 and below 4 GB in all."""
    with path.open("wb") as file:
        directory = list(written(file, members, packing))
        start = file.tell()
        file.write(b"".join(directory))
        size = file.tell() - start
        count = len(directory)
        file.write(END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))


def written(
    file: BinaryIO, members: Iterable[tuple[str, bytes]], packing: Packing
) -> Iterator[bytes]:
    """Write each member and give its entry of the directory."""
    for name, content in members:
        offset, packed, spelt = file.tell(), pack(content, packing), name.encode()
        sizes = (zlib.crc32(content), len(packed), len(content), len(spelt), 0)
        facts = (VERSION, 0, packing, 0, FIRST_DAY, *sizes)
        file.write(LOCAL.pack(b"PK\x03\x04", *facts) + spelt + packed)
        yield CENTRAL.pack(b"PK\x01\x02", VERSION, *facts, 0, 0, 0, 0, offset) + spelt


def pack(content: bytes, packing: Packing) -> bytes:
    """Content as a member holds it."""
    match packing:
        case Packing.STORED:
            return content
        case Packing.DEFLATED:
            squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
            return squeezer.compress(content) + squeezer.flush()
        case Packing.ZSTANDARD:
            starts = range(0, max(len(content), 1), FRAME_BYTES)
            return b"".join(frame(content[start : start + FRAME_BYTES]) for start in starts)


def frame(content: bytes) -> bytes:
    """One frame that does not say its size beforehand, as the tool's own do not."""
    compressor = ZstdCompressor().compressobj()
    return compressor.compress(content) + compressor.flush()
