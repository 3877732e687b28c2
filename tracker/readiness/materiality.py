"""What a change does to signatures: section hashes, differences, and whether a sign-off stands.

A sign-off rests on the material hashes of the sections that it names. It also ends with any
blocking change anywhere on the launch. Where a hash differs a difference says why, and the other
way round: `differences` lists an item that only moved between sections too.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tracker.domain.review_state import SignOffStatus
from tracker.domain.review_words import Materiality, SignOffStanding
from tracker.domain.reviews import SectionHash, SignOffRecord
from tracker.domain.snapshots import Difference, Item, MaterialityPolicy, Plain, Section
from tracker.readiness.difference_words import arrival_words, change_words, move_words
from tracker.sealing.canonical import canonical_bytes

COMES_OR_GOES = "*"
"""Stands in a policy's blocking fields for the item itself coming or going."""


def section_hashes(
    sections: Iterable[Section], policy: MaterialityPolicy
) -> tuple[SectionHash, ...]:
    """Return the three hashes of each section, in the given order."""
    return tuple(
        SectionHash(
            name=section.name,
            whole=_hash(section, [_whole(item) for item in section.items]),
            material=_hash(section, [_material(item, policy) for item in section.items]),
            blocking=_hash(section, list(_blocking(section, policy))),
        )
        for section in sections
    )


def _hash(section: Section, listed: Plain) -> str:
    return sha256(canonical_bytes([section.name, listed])).hexdigest()


def _whole(item: Item) -> Plain:
    return [item.kind, item.ref, dict(item.fields)]


def _material(item: Item, policy: MaterialityPolicy) -> Plain:
    kept = {
        name: at
        for name, at in item.fields.items()
        if policy.of(item.kind, name) is not Materiality.EDITORIAL
    }
    return [item.kind, item.ref, kept]


def _blocking(section: Section, policy: MaterialityPolicy) -> Iterator[Plain]:
    for item in section.items:
        if _arrival(item, policy) is Materiality.BLOCKING:
            kept = {name: item.fields[name] for name in _blocking_fields(item, policy)}
            yield [item.kind, item.ref, kept]


def _blocking_fields(item: Item, policy: MaterialityPolicy) -> list[str]:
    """Return the blocking fields that say something; an empty one is as good as no item."""
    named = policy.blocking.get(item.kind, frozenset())
    return [name for name, at in item.fields.items() if name in named and at is not None]


def _arrival(item: Item, policy: MaterialityPolicy) -> Materiality:
    """Return what it does that an item comes or goes."""
    named = policy.blocking.get(item.kind, frozenset())
    if COMES_OR_GOES in named or _blocking_fields(item, policy):
        return Materiality.BLOCKING
    return Materiality.MATERIAL


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item with the names of all sections in which it lies."""

    item: Item
    sections: tuple[str, ...]


_Place = tuple[str, str]
_NUMBER = re.compile(r"(\d+)")


def differences(
    before: Iterable[Section], after: Iterable[Section], policy: MaterialityPolicy
) -> tuple[Difference, ...]:
    """Return what differs between two states of a launch, the weightiest first.

    An item that lies in several sections is named once, with all of them. That an item left or
    entered a section is named only where nothing else says why the section differs.
    """
    old, new = _by_place(before), _by_place(after)
    places = sorted({*old, *new}, key=_reading_order)
    found = [one for place in places for one in _between(old.get(place), new.get(place), policy)]
    said = {name for one in found if one.materiality.order for name in one.sections}
    both = [(place, old[place], new[place]) for place in places if place in old and place in new]
    moved = [move for _, was, now in both for move in _moves(was, now, said, policy)]
    return tuple(sorted((*found, *moved), key=lambda one: -one.materiality.order))


def _reading_order(place: _Place) -> tuple[int, str, tuple[tuple[int, str], ...]]:
    """Results first, then by kind and number: R-2 stands before R-10."""
    kind, ref = place
    parts = tuple((int(part), "") if part.isdigit() else (0, part) for part in _NUMBER.split(ref))
    return ("result" not in kind, kind, parts)


def _by_place(sections: Iterable[Section]) -> Mapping[_Place, _Placed]:
    found: dict[_Place, _Placed] = {}
    for section in sections:
        for item in section.items:
            place = (item.kind, item.ref)
            earlier = found[place].sections if place in found else ()
            found[place] = _Placed(item, (*earlier, section.name))
    return found


def _between(
    old: _Placed | None, new: _Placed | None, policy: MaterialityPolicy
) -> Iterator[Difference]:
    if old and new:
        yield from _changes(old, new, policy)
    elif present := old or new:
        item = present.item
        yield Difference(
            sections=present.sections,
            kind=item.kind,
            label=item.label,
            field="",
            old=_said(old),
            new=_said(new),
            materiality=_arrival(item, policy),
            words=arrival_words(item, came=new is not None),
        )


def _said(placed: _Placed | None) -> Plain:
    return placed.item.label if placed else None


def _changes(old: _Placed, new: _Placed, policy: MaterialityPolicy) -> Iterator[Difference]:
    before, after = old.item.fields, new.item.fields
    for name in sorted({*before, *after}):
        if _differ(before, after, name):
            yield Difference(
                sections=tuple(dict.fromkeys((*old.sections, *new.sections))),
                kind=new.item.kind,
                label=new.item.label,
                field=name,
                old=before.get(name),
                new=after.get(name),
                materiality=policy.of(new.item.kind, name),
                words=change_words(old.item, new.item, name),
            )


def _differ(before: Mapping[str, Plain], after: Mapping[str, Plain], name: str) -> bool:
    """Compare in canonical form, in which 1 is not true and a missing field is not an empty one."""
    if (name in before) is not (name in after):
        return True
    return canonical_bytes(before[name]) != canonical_bytes(after[name])


def _moves(
    old: _Placed, new: _Placed, said: Collection[str], policy: MaterialityPolicy
) -> Iterator[Difference]:
    """An item that left or entered a section that no other difference is about."""
    moved = sorted((set(old.sections) ^ set(new.sections)) - set(said))
    if moved:
        yield Difference(
            sections=tuple(moved),
            kind=new.item.kind,
            label=new.item.label,
            field="",
            old=list(old.sections),
            new=list(new.sections),
            materiality=_arrival(new.item, policy),
            words=move_words(new.item, old.sections, new.sections),
        )


@dataclass(frozen=True, slots=True)
class Since:
    """A launch since a snapshot of it.

    Attributes:
        taken: Section hashes of the snapshot.
        now: Section hashes today, under the policy in force.
        changes: What differs between the two.
    """

    taken: Sequence[SectionHash]
    now: Sequence[SectionHash]
    changes: Sequence[Difference]

    @property
    def blocked(self) -> bool:
        """Whether a blocking change happened anywhere on the launch."""
        return _hashes(self.taken, "blocking") != _hashes(self.now, "blocking")

    @property
    def stale(self) -> bool:
        """Whether a material or blocking change asks for a new snapshot."""
        return _hashes(self.taken, "material") != _hashes(self.now, "material")


def sign_off_status(sign_off: SignOffRecord, since: Since, replaced: bool = False) -> SignOffStatus:
    """Return whether a sign-off counts today, and what changed in its sections since.

    Args:
        sign_off: The signature.
        since: The launch since the snapshot that it was put on.
        replaced: Whether a later sign-off of the same seat stands in its place.
    """
    if replaced:
        return SignOffStatus(sign_off, SignOffStanding.REPLACED, ())
    if not is_void(sign_off, since):
        return SignOffStatus(sign_off, SignOffStanding.STANDS, ())
    changed = tuple(one for one in since.changes if _ends(one, sign_off.sections))
    return SignOffStatus(sign_off, SignOffStanding.VOID, changed)


def is_void(sign_off: SignOffRecord, since: Since) -> bool:
    """Tell whether a section that a sign-off rests on differs, or the launch blocks it."""
    now = _hashes(since.now, "material")
    rests = all(now.get(name) == material for name, material in sign_off.sections.items())
    return since.blocked or not rests


def _ends(change: Difference, sections: Collection[str]) -> bool:
    if change.materiality is Materiality.BLOCKING:
        return True
    return change.materiality is Materiality.MATERIAL and not set(change.sections).isdisjoint(
        sections
    )


def _hashes(sections: Iterable[SectionHash], which: str) -> dict[str, str]:
    return {one.name: getattr(one, which) for one in sections}
