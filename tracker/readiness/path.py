"""The path to green: the smallest sets of work and evidence that turn a verdict.

Acceptances, waivers, closures and narrower scope are never part of a set; they are listed apart,
as decisions that somebody may take.
"""

from collections.abc import Iterable, Mapping

from tracker.domain.gate_state import PathStep, PathToGreen
from tracker.domain.state import LaunchState
from tracker.domain.words import Verdict
from tracker.readiness.choices import Choices, items_of, smallest_sets
from tracker.readiness.decisions import decisions_of
from tracker.readiness.obstacles import Key, Obstacle, obstacles_of, verdict_with
from tracker.readiness.steps import step_of

MOST_SETS = 10
"""Sets that are listed; that there are more is said."""


def path_to_green(state: LaunchState) -> PathToGreen:
    """Return what turns a launch's verdict, smallest sets first.

    Each set, `shared` and one of `alternatives`, reaches at least `target` where what its steps
    assume comes out, and no part of it does.
    """
    if state.verdict is Verdict.READY:
        return PathToGreen(None, (), (), more=False, blocked=(), decisions=())
    obstacles = obstacles_of(state)
    shared = frozenset[Key]().union(*(one.needed for one in obstacles))
    keys = _numbered(obstacles)
    blocked = tuple(one.blocked for one in obstacles if one.blocked)
    choices = Choices((), more=False) if blocked else _choices(obstacles, shared, keys)
    sets = [[keys[item] for item in items_of(chosen)] for chosen in choices.sets]
    return PathToGreen(
        target=_target([shared.union(chosen) for chosen in sets], state),
        shared=_steps((key for key in keys if key in shared), state),
        alternatives=tuple(_steps(chosen, state) for chosen in sets),
        more=choices.more,
        blocked=blocked,
        decisions=decisions_of(state),
    )


def _numbered(obstacles: Iterable[Obstacle]) -> list[Key]:
    """Every step that some option holds, in the order of reasons, kinds and subjects."""
    found: dict[Key, None] = {}
    for obstacle in obstacles:
        found |= dict.fromkeys(sorted(obstacle.needed))
        for option in obstacle.options:
            found |= dict.fromkeys(sorted(option))
    return list(found)


def _choices(obstacles: Iterable[Obstacle], shared: frozenset[Key], keys: list[Key]) -> Choices:
    number = {key: place for place, key in enumerate(keys)}
    left = [one for one in obstacles if not any(option <= shared for option in one.options)]
    found = smallest_sets(
        (tuple(_bits(option - shared, number) for option in one.options) for one in left),
        MOST_SETS,
    )
    return Choices(found.sets, found.more or any(one.more for one in left))


def _bits(option: Iterable[Key], number: Mapping[Key, int]) -> int:
    return sum(1 << number[key] for key in option)


def _target(sets: Iterable[frozenset[Key]], state: LaunchState) -> Verdict:
    """The verdict that every set reaches; the next better one where none is known."""
    if state.verdict is Verdict.READY_WITH_CONDITIONS:
        return Verdict.READY
    reached = [verdict_with(done, state) for done in sets]
    if reached and all(verdict is Verdict.READY for verdict in reached):
        return Verdict.READY
    return Verdict.READY_WITH_CONDITIONS


def _steps(keys: Iterable[Key], state: LaunchState) -> tuple[PathStep, ...]:
    return tuple(step_of(key, state) for key in keys)
