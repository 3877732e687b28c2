"""A process killed while it writes loses nothing that it had committed, and leaves nothing half."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.factories import AURORA, a_launch
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain
from tracker.store.schema import SchemaState, schema_state

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4
AT_LEAST = 3


def written_until_killed(url: str, chance: random.Random) -> list[str]:
    """Let a process write, kill it at a random moment, and return what it said it had committed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(AT_LEAST)]
    time.sleep(chance.uniform(0.0, 0.05))
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    lines = rest.split("\n")
    return [*said, *(line for line in lines[:-1])]


def test_kill_9_while_writing_loses_no_committed_work(store: Store) -> None:
    a_launch(store)
    url = store.engine.url.render_as_string(hide_password=False)
    chance = random.Random(20260302)
    committed: list[str] = []
    for _ in range(KILLS):
        committed += written_until_killed(url, chance)
        require_whole(url, committed)
    assert len(set(committed)) == len(committed) >= KILLS * AT_LEAST


def require_whole(url: str, committed: list[str]) -> None:
    assert schema_state(url) is SchemaState.CURRENT
    store = Store.open(url)
    with store.reading() as session:
        if store.is_sqlite:
            checked = session.connection().exec_driver_sql("PRAGMA integrity_check").all()
            assert [tuple(row) for row in checked] == [("ok",)]
        assert verify_chain(session) is None
        (inputs,) = queries.launch_inputs(session, [AURORA])
    store.dispose()
    kept = {item.risk.ref: len(item.assessments) for item in inputs.risks}
    assert set(committed) <= kept.keys()
    assert set(kept.values()) == {2}


def test_a_register_killed_while_it_is_made_is_not_there(tmp_path: Path) -> None:
    """Killed inside `fill`: what stands at the place is nothing, and making it again works."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    script = (
        "import os, signal\n"
        "from tracker.store.setup import create\n"
        f"create({url!r}, fill=lambda url: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert schema_state(url) is SchemaState.ABSENT
    again = script.replace("lambda url: os.kill(os.getpid(), signal.SIGKILL)", "None")
    subprocess.run([sys.executable, "-c", again], cwd=ROOT, check=True)
    assert schema_state(url) is SchemaState.CURRENT
