"""Policy areas and public taxonomies: two files that make one crosswalk."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field

from tracker.domain.crosswalk import Crosswalk, Taxonomy, TaxonomyItem, Uncovered
from tracker.domain.drafts import Draft
from tracker.domain.errors import ImportRejected
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.types import Key, Name, OptionalText, TagCode, Text, Title
from tracker.domain.words import GateType
from tracker.readers.data_files import read_data
from tracker.readers.yaml_file import read_yaml

AREAS_FILE: Final = "policy_areas.yaml"
TAXONOMIES_FILE: Final = "taxonomies.yaml"

Modality = Literal["text", "image", "voice", "video", "agent"]
Codes = Annotated[tuple[TagCode, ...], Field(min_length=1)]


class _Family(Draft):
    code: Name
    name: Title


class _Area(Draft):
    code: Key
    name: Title
    family: Name
    gate_type: GateType
    definition: Text
    modalities: Annotated[tuple[Modality, ...], Field(min_length=1)]
    maps: dict[Key, Codes]


class _AreasFile(Draft):
    version: Name
    families: Annotated[tuple[_Family, ...], Field(min_length=1)]
    areas: Annotated[tuple[_Area, ...], Field(min_length=1)]


class _Item(Draft):
    code: TagCode
    name: Title
    group: OptionalText = ""
    definition: Text


class _Taxonomy(Draft):
    title: Title
    publisher: Name
    version: Name
    source: Text
    mark: Literal["found", "memory"]
    note: OptionalText = ""
    items: Annotated[tuple[_Item, ...], Field(min_length=1)]


class _Uncovered(Draft):
    taxonomy: Key
    code: TagCode
    reason: Text


class _TaxonomiesFile(Draft):
    version: Name
    taxonomies: dict[Key, _Taxonomy]
    uncovered: tuple[_Uncovered, ...]


def read_policy_areas(content: bytes, source: str) -> tuple[PolicyAreaRecord, ...]:
    """Read the policy areas in the order in which they are shown.

    Raises:
        ImportRejected: Naming every wrong place.
    """
    file = _areas_file(content, source)
    families = {family.code: family.name for family in file.families}
    return tuple(
        PolicyAreaRecord(
            code=area.code,
            name=area.name,
            family=area.family,
            family_name=families[area.family],
            gate_type=area.gate_type,
            definition=area.definition,
            position=position,
        )
        for position, area in enumerate(file.areas, start=1)
    )


def read_taxonomies(content: bytes, source: str, areas: bytes, areas_source: str) -> Crosswalk:
    """Read the public taxonomies and join them with the policy areas that overlap them.

    Raises:
        ImportRejected: A wrong place in either file, a map that names an unknown item, or an
            item that no area reaches and that is not listed as uncovered.
    """
    area_file = _areas_file(areas, areas_source)
    file = read_yaml(content, source, _TaxonomiesFile)
    crosswalk = Crosswalk(
        taxonomies={key: _taxonomy(key, entry) for key, entry in file.taxonomies.items()},
        links={area.code: area.maps for area in area_file.areas},
        modalities={area.code: tuple(area.modalities) for area in area_file.areas},
        uncovered=tuple(Uncovered(u.taxonomy, u.code, u.reason) for u in file.uncovered),
    )
    unknown = dict(_unknown_links(crosswalk))
    if unknown:
        raise ImportRejected(areas_source, unknown)
    gaps = dict(_coverage_problems(crosswalk))
    if gaps:
        raise ImportRejected(source, gaps)
    return crosswalk


@cache
def packaged_areas() -> tuple[PolicyAreaRecord, ...]:
    """Return the policy areas that ship with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The file is not there.
        ImportRejected: The file is not sound.
    """
    return read_policy_areas(read_data(AREAS_FILE), AREAS_FILE)


@cache
def packaged_crosswalk() -> Crosswalk:
    """Return the crosswalk that ships with Holdpoint, read once per process.

    Raises:
        DataFileMissing: One of its files is not there.
        ImportRejected: One of its files is not sound.
    """
    return read_taxonomies(
        read_data(TAXONOMIES_FILE), TAXONOMIES_FILE, read_data(AREAS_FILE), AREAS_FILE
    )


def _areas_file(content: bytes, source: str) -> _AreasFile:
    file = read_yaml(content, source, _AreasFile)
    families = {family.code for family in file.families}
    problems = {
        f"areas, {area.code}": f"its family “{area.family}” is not listed under families"
        for area in file.areas
        if area.family not in families
    }
    problems |= _twice("areas", [area.code for area in file.areas])
    problems |= _twice("families", [family.code for family in file.families])
    if problems:
        raise ImportRejected(source, problems)
    return file


def _taxonomy(key: str, entry: _Taxonomy) -> Taxonomy:
    items = tuple(TaxonomyItem(i.code, i.name, i.group, i.definition) for i in entry.items)
    about = entry.model_dump(exclude={"items"})
    return Taxonomy(key=key, items=items, **about)


def _unknown_links(crosswalk: Crosswalk) -> Iterator[tuple[str, str]]:
    for area, maps in crosswalk.links.items():
        for taxonomy, codes in maps.items():
            for code in codes:
                if not crosswalk.has(taxonomy, code):
                    yield f"areas, {area}", f"{taxonomy} has no item “{code}”"


def _coverage_problems(crosswalk: Crosswalk) -> Iterator[tuple[str, str]]:
    listed = {(entry.taxonomy, entry.code) for entry in crosswalk.uncovered}
    for taxonomy, code in sorted(listed):
        if not crosswalk.has(taxonomy, code):
            yield f"uncovered, {taxonomy}, {code}", "is not an item of a taxonomy in this file"
        elif crosswalk.areas_for(taxonomy, code):
            yield f"uncovered, {taxonomy}, {code}", "is reached by a policy area after all"
    for taxonomy in crosswalk.taxonomies.values():
        codes = [item.code for item in taxonomy.items]
        yield from _twice(f"taxonomies, {taxonomy.key}", codes).items()
        for code in codes:
            if not crosswalk.areas_for(taxonomy.key, code) and (taxonomy.key, code) not in listed:
                yield (
                    f"taxonomies, {taxonomy.key}, {code}",
                    ("is reached by no policy area and not listed as uncovered with a reason"),
                )


def _twice(where: str, codes: list[str]) -> dict[str, str]:
    return {
        f"{where}, {code}": "appears twice" for code, count in Counter(codes).items() if count > 1
    }
