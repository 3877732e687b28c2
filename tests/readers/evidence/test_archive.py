import random
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
import zstandard

from tests.readers.evidence.archives import members_of, packed
from tracker.domain.errors import ImportRejected
from tracker.readers.evidence import archive as module
from tracker.readers.evidence.archive import Archive

TEXT = b'{"text": "something that repeats itself, itself, itself"}' * 5000


def zstandard_archive(name: str, *frames: bytes, size: int | None = None) -> bytes:
    """An archive of one member packed with method 93, one frame per part.

    zipfile stores the packed bytes; method, size and check sum are then set as Inspect sets them.
    """
    plain = b"".join(frames)
    body = b"".join(zstandard.ZstdCompressor().compress(frame) for frame in frames)
    content = bytearray(packed({name: body}))
    crc = zlib.crc32(plain)
    length = len(plain) if size is None else size
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, 8, 93)
    struct.pack_into("<H", content, directory + 10, 93)
    struct.pack_into("<III", content, directory + 16, crc, len(body), length)
    return bytes(content)


def refusal(content: bytes) -> ImportRejected:
    with pytest.raises(ImportRejected) as caught:
        members_of(content)
    return caught.value


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_members_are_read(method: int) -> None:
    assert members_of(packed({"a": TEXT, "b": b""}, method)) == {"a": TEXT, "b": b""}


def test_a_member_of_several_zstandard_frames_is_read_whole() -> None:
    content = zstandard_archive("header.json", TEXT, b"second", TEXT)
    assert members_of(content) == {"header.json": TEXT + b"second" + TEXT}


def test_reading_in_small_steps_gives_the_same_bytes() -> None:
    stream = Archive(BytesIO(zstandard_archive("a", TEXT))).open("a")
    steps = random.Random(1)
    parts = list(iter(lambda: stream.read(steps.randrange(1, 9000)), b""))
    assert b"".join(parts) == TEXT


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/a", "..\\a", "C:\\a", "\\\\host\\a"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    error = refusal(packed({"header.json": b"{}", name: b"x"}))
    assert list(error.rows.values()) == ["is named as if it lay outside the archive"]


def test_dots_inside_a_name_are_no_way_out() -> None:
    assert set(members_of(packed({"samples/a..b_epoch_1.json": b"{}"}))) == {
        "samples/a..b_epoch_1.json"
    }


def test_a_repeated_member_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("header.json", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("header.json", b"2")
    assert refusal(target.getvalue()).rows == {"member “header.json”": "appears 2 times"}


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(packed({"header.json": b"{}"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)).rows == {"member “header.json”": "is encrypted"}


def test_an_unknown_way_of_packing_is_refused() -> None:
    content = packed({"header.json": TEXT}, zipfile.ZIP_LZMA)
    assert "method 14" in refusal(content).rows["member “header.json”"]


def test_a_bomb_that_says_what_it_holds_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"header.json": bytes(30_000_000)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 50_000
    with pytest.raises(ImportRejected, match="500-fold"):
        Archive(BytesIO(bomb))


def test_a_bomb_that_understates_itself_is_stopped_at_what_it_said() -> None:
    bomb = zstandard_archive("header.json", bytes(30_000_000), size=1000)
    stream = Archive(BytesIO(bomb)).open("header.json")
    with pytest.raises(ImportRejected, match="longer than the archive says"):
        stream.read()


def test_a_bomb_of_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_MEMBERS", 3)
    error = refusal(packed({str(number): b"" for number in range(4)}))
    assert error.rows == {"whole file": "holds 4 members; at most 3"}


def test_members_that_are_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ARCHIVE_BYTES", 999)
    content = packed({"a": bytes(500), "b": bytes(500)})
    assert "whole file" in refusal(content).rows


def test_a_directory_of_any_size_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DIRECTORY_BYTES", 100)
    content = packed({f"{number:0100}": b"" for number in range(40)})
    assert "directory of more than" in refusal(content).rows["whole file"]


def test_a_damaged_member_is_named() -> None:
    content = bytearray(packed({"header.json": TEXT}))
    content[500] ^= 1
    assert refusal(bytes(content)).rows == {
        "member “header.json”": "is damaged: its check sum or length does not fit"
    }


def test_an_archive_that_was_cut_off_is_refused() -> None:
    content = packed({"header.json": TEXT})
    assert "not a whole zip archive" in refusal(content[: len(content) // 2]).rows["whole file"]


def test_a_member_that_lies_before_the_file_is_refused() -> None:
    content = bytearray(packed({"header.json": b"{}"}))
    end = content.index(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", content, end + 16)
    struct.pack_into("<I", content, end + 16, start + 50_000)
    assert refusal(bytes(content)).rows == {"member “header.json”": "is not where the archive says"}
