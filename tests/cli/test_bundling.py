"""`bundle`: one file that anybody can check offline, recorded when it is written."""

import zipfile
from pathlib import Path

from tests.cli.commands import Command
from tracker.exports.bundle.standalone.checking import problems

DECIDED = "gpt-4-2023-03"


def test_the_bundle_of_a_decided_launch_is_written_and_sound(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "bundle.zip"
    ran = demo("bundle", DECIDED, "-o", str(target))
    assert (ran.code, ran.err) == (0, "")
    assert problems(target.read_bytes()) == []
    assert f"made from {DECIDED}/S-1" in ran.out
    with zipfile.ZipFile(target) as packed:
        assert "verify.pyz" in packed.namelist()


def test_a_launch_without_a_snapshot_has_no_bundle(demo: Command, tmp_path: Path) -> None:
    target = tmp_path / "bundle.zip"
    ran = demo("bundle", "dall-e-3-2023-10", "-o", str(target))
    assert ran.code == 2
    assert "No snapshot was ever taken" in ran.err
    assert not target.exists()
