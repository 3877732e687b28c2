"""Property tests: what a change on a launch does to section hashes and to signatures."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readiness.sealed import (
    POLICY,
    SEAL_KEY,
    SEALED_SETTING,
    a_sealed_launch,
    a_sign_off,
    sealed_hashes,
    sealed_sections,
)
from tests.readiness.whole_launches import GATED_SETTING, gated_state, whole_launches
from tracker.domain.review_words import Materiality, SignOffStanding
from tracker.domain.reviews import SectionHash
from tracker.domain.snapshots import Item, Plain, Section
from tracker.domain.state import LaunchInputs
from tracker.readiness.document import section_names
from tracker.readiness.materiality import (
    COMES_OR_GOES,
    Since,
    differences,
    section_hashes,
    sign_off_status,
)
from tracker.readiness.sections import sections_of

SECTIONS = sealed_sections(a_sealed_launch())
HASHES = section_hashes(SECTIONS, POLICY)
NAMES = [section.name for section in SECTIONS]
FIELDS = sorted(
    {
        (item.kind, item.ref, name)
        for section in SECTIONS
        for item in section.items
        for name in item.fields
    }
)
ITEMS = sorted({(kind, ref) for kind, ref, _ in FIELDS})
GATED_NAMES = st.sampled_from(section_names(area.code for area in GATED_SETTING.areas))
names_of_sections = st.sets(st.sampled_from(NAMES), min_size=1)


def another(value: Plain) -> Plain:
    """A value of the same kind that a screen would show differently."""
    changed: dict[type, Plain] = {
        bool: value is not True,
        str: f"{value} and more",
        type(None): "something",
        list: ["another"],
        dict: {"another": "thing"},
    }
    return value + 1 if type(value) in (int, float) else changed[type(value)]  # pyright: ignore


def with_field(sections: Iterable[Section], kind: str, ref: str, name: str) -> tuple[Section, ...]:
    """The sections with one field of one item changed, wherever the item lies."""

    def changed(item: Item) -> Item:
        if (item.kind, item.ref) != (kind, ref):
            return item
        return replace(item, fields={**item.fields, name: _other(name, item.fields[name])})

    return tuple(Section(one.name, tuple(map(changed, one.items))) for one in sections)


def _other(name: str, value: Plain) -> Plain:
    if "level" in name:
        return "Critical" if value != "Critical" else "High"
    return ["E-9", "0 %"] if name == "reading" else another(value)


def without(sections: Iterable[Section], kind: str, ref: str) -> tuple[Section, ...]:
    return tuple(
        Section(one.name, tuple(item for item in one.items if (item.kind, item.ref) != (kind, ref)))
        for one in sections
    )


def holding(kind: str, ref: str) -> set[str]:
    return {
        section.name
        for section in SECTIONS
        for item in section.items
        if (item.kind, item.ref) == (kind, ref)
    }


def differing(before: Iterable[SectionHash], after: Iterable[SectionHash], which: str) -> set[str]:
    return {
        one.name
        for one, other in zip(before, after, strict=True)
        if getattr(one, which) != getattr(other, which)
    }


def standing(after: tuple[Section, ...], names: set[str]) -> SignOffStanding:
    now = section_hashes(after, POLICY)
    since = Since(HASHES, now, differences(SECTIONS, after, POLICY))
    return sign_off_status(a_sign_off(HASHES, *names), since).standing


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(FIELDS), names=names_of_sections)
def test_a_change_alters_the_sections_it_lies_in_and_voids_what_rests_on_them(
    place: tuple[str, str, str], names: set[str]
) -> None:
    kind, ref, name = place
    after = with_field(SECTIONS, *place)
    weight, there = POLICY.of(kind, name), holding(kind, ref)
    now = section_hashes(after, POLICY)
    assert differing(HASHES, now, "whole") == there
    material = there if weight is not Materiality.EDITORIAL else set[str]()
    assert differing(HASHES, now, "material") == material
    blocks = weight is Materiality.BLOCKING
    assert differing(HASHES, now, "blocking") == (there if blocks else set())
    void = blocks or bool(material & names)
    expected = SignOffStanding.VOID if void else SignOffStanding.STANDS
    assert standing(after, names) is expected


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(ITEMS), names=names_of_sections, comes=st.booleans())
def test_an_item_that_comes_or_goes_is_never_editorial(
    place: tuple[str, str], names: set[str], comes: bool
) -> None:
    less = without(SECTIONS, *place)
    before, after = (less, SECTIONS) if comes else (SECTIONS, less)
    taken, now = section_hashes(before, POLICY), section_hashes(after, POLICY)
    assert differing(taken, now, "material") == holding(*place)
    (found,) = differences(before, after, POLICY)
    assert set(found.sections) == holding(*place)
    since = Since(taken, now, (found,))
    void = found.materiality is Materiality.BLOCKING or bool(holding(*place) & names)
    status = sign_off_status(a_sign_off(taken, *names), since)
    assert status.standing is (SignOffStanding.VOID if void else SignOffStanding.STANDS)
    assert status.since == ((found,) if void else ())


def sections_and_hashes(
    inputs: LaunchInputs,
) -> tuple[tuple[Section, ...], tuple[SectionHash, ...]]:
    sections = sections_of(inputs, GATED_SETTING, gated_state(inputs), POLICY, SEAL_KEY)
    return sections, section_hashes(sections, POLICY)


@settings(max_examples=40, deadline=None)
@given(before=whole_launches(), after=whole_launches(), names=st.sets(GATED_NAMES, min_size=1))
def test_a_hash_differs_exactly_where_a_difference_says_why(
    before: LaunchInputs, after: LaunchInputs, names: set[str]
) -> None:
    old, taken = sections_and_hashes(before)
    new, now = sections_and_hashes(after)
    found = differences(old, new, POLICY)
    said = {name for one in found if one.materiality.order for name in one.sections}
    assert said == differing(taken, now, "material")
    blocked = any(one.materiality is Materiality.BLOCKING for one in found)
    assert blocked == bool(differing(taken, now, "blocking"))
    status = sign_off_status(a_sign_off(taken, *names), Since(taken, now, found))
    assert (status.standing is SignOffStanding.VOID) == (blocked or bool(said & names))
    assert bool(status.since) == (status.standing is SignOffStanding.VOID)


@settings(max_examples=40, deadline=None)
@given(inputs=whole_launches(), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_shows(inputs: LaunchInputs, random) -> None:
    names = ("scopes", "risks", "placements", "verifications", "effects", "gates", "runs")
    more = ("attestations", "waivers", "determinations")
    shuffled = {}
    for name in (*names, *more):
        rows = list(getattr(inputs, name))
        random.shuffle(rows)
        shuffled[name] = tuple(rows)
    backwards = dict(reversed([*inputs.mitigations.items()]))
    other = replace(inputs, **shuffled, mitigations=backwards)
    assert sections_and_hashes(other) == sections_and_hashes(inputs)


def test_the_same_launch_has_the_same_hashes_a_second_time() -> None:
    assert sealed_hashes(a_sealed_launch()) == HASHES
    assert differences(SECTIONS, sealed_sections(a_sealed_launch()), POLICY) == ()


def test_every_kind_and_field_that_the_policy_names_exists() -> None:
    named = {
        (kind, field)
        for fields_of in (POLICY.editorial, POLICY.blocking)
        for kind, fields in fields_of.items()
        for field in fields
        if field != COMES_OR_GOES
    }
    assert named
    assert named <= {(kind, name) for kind, _, name in FIELDS}


def test_a_later_sign_off_of_the_seat_replaces_one_that_would_be_void() -> None:
    after = without(SECTIONS, *ITEMS[0])
    since = Since(HASHES, section_hashes(after, POLICY), differences(SECTIONS, after, POLICY))
    status = sign_off_status(a_sign_off(HASHES, *NAMES), since, replaced=True)
    assert (status.standing, status.since) == (SignOffStanding.REPLACED, ())


def test_another_profile_or_policy_voids_every_signature() -> None:
    profile = replace(SEALED_SETTING.profile, common_cause=0.2)
    now = sealed_hashes(a_sealed_launch(), replace(SEALED_SETTING, profile=profile))
    assert differing(HASHES, now, "material") == {"method"}
    newer = replace(POLICY, version="M2")
    state = gated_state(a_sealed_launch())
    first = sections_of(a_sealed_launch(), GATED_SETTING, state, POLICY, SEAL_KEY)
    then = sections_of(a_sealed_launch(), GATED_SETTING, state, newer, SEAL_KEY)
    changed = differing(section_hashes(first, POLICY), section_hashes(then, newer), "material")
    assert changed == {"method"}


def test_a_blocking_change_in_another_section_voids_a_signature_too():
    mine = SectionHash("area:cbrn", "w", "m", "b")
    before, after = (
        SectionHash("area:cyber", "w", "m", "b"),
        SectionHash("area:cyber", "w", "m", "c"),
    )
    signed = a_sign_off((mine, before), "area:cbrn")
    changed = Since(taken=(mine, before), now=(mine, after), changes=())
    assert sign_off_status(signed, changed).standing is SignOffStanding.VOID
    same = Since(taken=(mine, before), now=(mine, before), changes=())
    assert sign_off_status(signed, same).standing is SignOffStanding.STANDS
