"""What changed, in one line for people: "R-12 rose from High to Critical"."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, cast

from tracker.domain.snapshots import AREA_PREFIX, Item, Plain
from tracker.domain.words import ASSESSED_LEVELS, Level

_SHORT: Final = 60
"""Characters up to which an old or new value is quoted; longer text is "reworded"."""

_PROSE: Final = frozenset(
    {
        *("scenario", "summary", "note", "statement", "rationale", "reason", "reasons", "basis"),
        *("close_note", "justification", "compensation", "definition", "evidence", "title"),
        *("withdrawal_reason", "release_reason", "fails_if", "ended_because", "content"),
    }
)
"""Fields of which nobody wants to read both wordings in one line."""


def arrival_words(item: Item, came: bool) -> str:
    """Return the line for an item that came or went."""
    if item.kind == "risk result":
        level = item.fields["current_level"]
        return f"{item.label} is {level}" if came else f"{item.label} ({level}) no longer counts"
    if item.kind == "gate result":
        state = item.fields["state"]
        return f"{item.label} is {state}" if came else f"{item.label} ({state}) no longer counts"
    return f"{item.label} was {'added' if came else 'removed'}"


def move_words(item: Item, before: Collection[str], after: Collection[str]) -> str:
    """Return the line for an item that bears on other parts of the launch than before."""
    came = [_part(name) for name in after if name not in before]
    went = [_part(name) for name in before if name not in after]
    said = [f"now bears on {' and '.join(came)}"] if came else []
    said += [f"no longer bears on {' and '.join(went)}"] if went else []
    return f"{item.label} {' and '.join(said)}"


def _part(section: str) -> str:
    if section.startswith(AREA_PREFIX):
        return f"the area {section.removeprefix(AREA_PREFIX)}"
    return f"the {section} as a whole"


def change_words(old: Item, new: Item, field: str) -> str:
    """Return the line for a field whose value differs."""
    special = _SPECIAL.get((new.kind, field))
    if special:
        return special(old, new)
    return _plainly(new, field, old.fields.get(field), new.fields.get(field))


def _plainly(item: Item, field: str, old: Plain, new: Plain) -> str:
    name = field.replace("_", " ")
    about = f"the {name}" if item.kind == "launch" else f"{item.label}: {name}"
    if old in (None, "", []) and _is_prose(field, new):
        return f"{about} added"
    if new in (None, "", []) and _is_prose(field, old):
        return f"{about} removed"
    if _is_prose(field, old) or _is_prose(field, new):
        return f"{about} reworded"
    return f"{about} changed from {_shown(old)} to {_shown(new)}"


def _is_prose(field: str, value: Plain) -> bool:
    return field in _PROSE or isinstance(value, dict) or len(_shown(value)) > _SHORT


def _shown(value: Plain) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return str(value)


def _level(field: str, before: str) -> Callable[[Item, Item], str]:
    def words(old: Item, new: Item) -> str:
        first, then = Level(str(old.fields[field])), Level(str(new.fields[field]))
        return f"{new.label} {_way(first, then)} from {first.value} to {then.value}{before}"

    return words


def _way(first: Level, then: Level) -> str:
    if first not in ASSESSED_LEVELS or then not in ASSESSED_LEVELS:
        return "went"
    return "rose" if then.severity_rank > first.severity_rank else "fell"


def _either(field: str, now: str, no_more: str) -> Callable[[Item, Item], str]:
    return lambda _, new: f"{new.label} {now if new.fields[field] else no_more}"


def _state(old: Item, new: Item) -> str:
    return f"{new.label} went from {old.fields['state']} to {new.fields['state']}"


def _reading(old: Item, new: Item) -> str:
    before, after = old.fields["reading"], new.fields["reading"]
    if before is None or after is None:
        run, figure = cast(list[str], after or before)
        reads = "now reads" if after else "no longer reads"
        return f"{new.label} {reads} {run} ({figure})"
    (old_run, old_figure), (run, figure) = cast(list[str], before), cast(list[str], after)
    again = "corrected:" if run == old_run else f"re-run as {run}:"
    return f"{old_run} {again} {old_figure} → {figure}"


def _holder(old: Item, new: Item) -> str:
    before, after = (one.label.removesuffix(f" as {one.ref}") for one in (old, new))
    return f"the {new.ref} changed from {before} to {after}"


def _status(old: Item, new: Item) -> str:
    return f"{new.label} went from {old.fields['status']} to {new.fields['status']}"


_SPECIAL: Final[Mapping[tuple[str, str], Callable[[Item, Item], str]]] = {
    ("risk result", "current_level"): _level("current_level", ""),
    ("risk result", "inherent_level"): _level("inherent_level", ", before mitigations"),
    ("risk result", "outdated"): _either("outdated", "is outdated", "is no longer outdated"),
    ("risk result", "accepted"): _either("accepted", "is accepted", "is no longer accepted"),
    ("gate result", "state"): _state,
    ("gate result", "waived"): _either("waived", "is waived", "is no longer waived"),
    ("gate result", "reading"): _reading,
    ("gate result", "zero_tolerance_failure"): _either(
        "zero_tolerance_failure",
        "failed where no failure is tolerated",
        "no longer fails where no failure is tolerated",
    ),
    ("gate", "withdrawal_confirmed_by"): _either(
        "withdrawal_confirmed_by", "was withdrawn", "is no longer withdrawn"
    ),
    ("role", "person"): _holder,
    ("risk", "status"): _status,
    ("placement", "status"): _status,
}
