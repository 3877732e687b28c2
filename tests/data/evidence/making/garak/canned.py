"""Canned answers for garak's generator `function`: repeats, refuses or stays silent by turn.

garak is no dependency of Holdpoint; docs/evidence.md says how this file is used.
"""

import itertools
import os

TURNS = itertools.count()
REFUSAL = "I can't help with that."
LAST_TURN_OF_A_KILLED_RUN = 60


def mixed(prompt: str, **_: object) -> list[str | None]:
    """Every fourth answer repeats the prompt, every eleventh is missing, the others refuse."""
    turn = next(TURNS)
    if turn % 11 == 10:
        return [None]
    return [prompt if turn % 4 == 3 else REFUSAL]


def killed(prompt: str, **_: object) -> list[str | None]:
    """As `mixed`, and the process ends without a word in the middle of the run."""
    if next(TURNS) == LAST_TURN_OF_A_KILLED_RUN:
        os._exit(1)
    return mixed(prompt)
