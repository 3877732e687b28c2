"""The path to green in words: steps by kind, choices, what no work turns, and decisions apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.gate_state import ChangeKind, PathStep, PathToGreen
from tracker.views.figures import counted

READY: Final = "Nothing is in the way of this launch."
DECISIONS: Final = (
    "Somebody with the right to it may decide this instead. These are decisions, not work: they "
    "are never part of the path."
)


@dataclass(frozen=True, slots=True)
class StepGroup:
    """Steps of one kind that assume the same.

    Attributes:
        title: The kind with its count, such as "Pass a gate: 4 steps".
        assumes: What has to come out of each, as a sentence; empty where nothing has to.
        lines: What to do, with person-days where somebody estimated them.
    """

    title: str
    assumes: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathView:
    """The path to green of one launch.

    Attributes:
        sentence: What reaches which verdict, or that no work on record does.
        needed_title: How many steps are needed in any case; empty where none is.
        cost: What is known about the person-days of those steps.
        needed: The steps needed in any case, by kind.
        choices_title: How to read the choices; empty where there is nothing to choose.
        choices_assume: What all their steps assume; empty where each says its own.
        choices: Each choice as the lines of its steps, smallest first.
        blocked: What no work on record turns.
        decisions: What somebody may decide instead; never part of the path.
    """

    sentence: str
    needed_title: str
    cost: str
    needed: tuple[StepGroup, ...]
    choices_title: str
    choices_assume: str
    choices: tuple[tuple[str, ...], ...]
    blocked: tuple[str, ...]
    decisions: tuple[str, ...]


def path_view(path: PathToGreen) -> PathView:
    """Return a path to green in words."""
    choices = [steps for steps in path.alternatives if steps]
    assumed = {step.assumes for steps in choices for step in steps}
    common = assumed.pop() if len(assumed) == 1 else ""
    return PathView(
        sentence=_sentence(path, len(choices)),
        needed_title=f"Needed in any case: {_steps(path.shared)}" if path.shared else "",
        cost=_cost(path.shared),
        needed=_groups(path.shared),
        choices_title=_choices_title(path, len(choices)),
        choices_assume=_assumes(common),
        choices=tuple(tuple(_whole_line(step, common) for step in steps) for steps in choices),
        blocked=path.blocked,
        decisions=path.decisions,
    )


def _steps(steps: Sequence[PathStep]) -> str:
    return counted(len(steps), "step")


def _sentence(path: PathToGreen, choices: int) -> str:
    if path.target is None:
        return READY
    if path.blocked:
        return _blocked(path)
    work = " and ".join(_work(path, choices))
    verb = "make" if len(path.shared) > 1 or (path.shared and choices) else "makes"
    return f"{work[:1].upper()}{work[1:]} {verb} it {path.target}, if what is assumed comes out."


def _blocked(path: PathToGreen) -> str:
    """What stays is always a risk whose level no mitigation on record brings below High."""
    risks = counted(len(path.blocked), "risk stays", "risks stay")
    said = f"No work on record is enough for {path.target}: {risks} High or above"
    if not path.shared:
        return f"{said}."
    needed = "this step is" if len(path.shared) == 1 else f"these {_steps(path.shared)} are"
    return f"{said}; {needed} needed all the same."


def _work(path: PathToGreen, choices: int) -> Iterator[str]:
    if path.shared:
        yield f"the {_steps(path.shared)} below"
    if choices:
        yield f"one of {'more than ' if path.more else ''}{counted(choices, 'choice')}"


def _cost(steps: Sequence[PathStep]) -> str:
    known = [step.days for step in steps if step.days is not None]
    if not steps:
        return ""
    if not known:
        return "Nobody has estimated what these steps cost."
    said = f"Known cost: {_days(sum(known))}"
    if len(known) == len(steps):
        return f"{said}."
    return f"{said}, for {len(known)} of {_steps(steps)}; nobody has estimated the others."


def _days(days: float) -> str:
    return f"{days:,.10g} person-{'day' if days == 1 else 'days'}"


def _groups(steps: Iterable[PathStep]) -> tuple[StepGroup, ...]:
    gathered: dict[tuple[ChangeKind, str], list[PathStep]] = defaultdict(list)
    for step in steps:
        gathered[step.kind, step.assumes].append(step)
    return tuple(
        StepGroup(
            title=f"{str(kind).capitalize()}: {_steps(listed)}",
            assumes=_assumes(assumes),
            lines=tuple(_line(step) for step in listed),
        )
        for (kind, assumes), listed in gathered.items()
    )


def _assumes(what: str) -> str:
    return f"Assumes that {what}." if what else ""


def _line(step: PathStep) -> str:
    return step.text if step.days is None else _with(step.text, _days(step.days))


def _whole_line(step: PathStep, common: str) -> str:
    """A step of a choice says by itself what it costs, and what it assumes where others do not."""
    assumed = f"assumes that {step.assumes}" if step.assumes and step.assumes != common else ""
    cost = _days(step.days) if step.days is not None else "cost not estimated"
    return _with(step.text, "; ".join(part for part in (assumed, cost) if part))


def _with(text: str, note: str) -> str:
    return f"{text.removesuffix('.')} ({note})."


def _choices_title(path: PathToGreen, choices: int) -> str:
    if not choices:
        return ""
    besides = " besides" if path.shared else ""
    more = f" (the {choices} smallest; more exist)" if path.more else ""
    return f"One of these{besides}{more}"
