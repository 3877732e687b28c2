"""The policy areas and the public taxonomies, each read from the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.domain.crosswalk import Crosswalk, Taxonomy
from tracker.domain.records import PolicyAreaRecord
from tracker.views.figures import counted, frame

ANSWERS: Final = "Which areas of harm do launches answer, and how do public taxonomies name them?"
NO_MATCH: Final = "No policy area matches. Shorten the search."

DTYPES: Final = {
    "code": "str",
    "name": "str",
    "family": "str",
    "gate_type": "str",
    "definition": "str",
    "modalities": "str",
}
CODE_DTYPES: Final = {
    "taxonomy": "str",
    "code": "str",
    "name": "str",
    "definition": "str",
    "version": "str",
}
COVER_DTYPES: Final = {
    "code": "str",
    "name": "str",
    "group": "str",
    "covered_by": "str",
    "definition": "str",
}

GATE_TYPES: Final = {
    "threshold": "a determination of capability decides",
    "zero tolerance": "any confirmed failure holds the launch",
    "eval": "a measured criterion decides",
    "review": "expert judgement with a checklist decides",
}


@dataclass(frozen=True, slots=True)
class AreasView:
    """The policy areas that match a search.

    Attributes:
        headline: How many areas, families and taxonomies there are.
        frame: One line per area that matches, in the order of the list.
        empty: What to do where none matches; empty where one does.
    """

    headline: str
    frame: pd.DataFrame
    empty: str


def areas_view(
    areas: Sequence[PolicyAreaRecord], crosswalk: Crosswalk, search: str = ""
) -> AreasView:
    """Return the policy areas whose name, definition or public codes hold the text searched."""
    wanted = search.strip().casefold()
    lines = [
        _line(area, crosswalk) for area in areas if wanted in _searched(area, crosswalk).casefold()
    ]
    families = counted(len({area.family for area in areas}), "family", "families")
    taxonomies = counted(len(crosswalk.taxonomies), "public taxonomy", "public taxonomies")
    return AreasView(
        headline=f"{counted(len(areas), 'policy area')} in {families}, mapped to {taxonomies}",
        frame=frame(lines, DTYPES),
        empty="" if lines else NO_MATCH,
    )


def _searched(area: PolicyAreaRecord, crosswalk: Crosswalk) -> str:
    named = [
        f"{code} {item.name}"
        for taxonomy, codes in crosswalk.codes_for(area.code).items()
        for code in codes
        if (item := crosswalk.find_item(taxonomy, code))
    ]
    return "\n".join([area.code, area.name, area.family_name, area.definition, *named])


def _line(area: PolicyAreaRecord, crosswalk: Crosswalk) -> dict[str, str]:
    return {
        "code": area.code,
        "name": area.name,
        "family": area.family_name,
        "gate_type": str(area.gate_type),
        "definition": area.definition,
        "modalities": ", ".join(crosswalk.modalities.get(area.code, ())),
    }


def codes_of_area(area: str, crosswalk: Crosswalk) -> pd.DataFrame:
    """Return the items of public taxonomies that one of our areas overlaps."""
    return frame(
        [
            {
                "taxonomy": crosswalk.taxonomies[taxonomy].title,
                "code": code,
                "name": item.name,
                "definition": item.definition,
                "version": crosswalk.taxonomies[taxonomy].version,
            }
            for taxonomy, codes in crosswalk.codes_for(area).items()
            for code in codes
            if (item := crosswalk.find_item(taxonomy, code))
        ],
        CODE_DTYPES,
    )


def items_of_taxonomy(
    taxonomy: Taxonomy, crosswalk: Crosswalk, areas: Sequence[PolicyAreaRecord]
) -> pd.DataFrame:
    """Return each item of a taxonomy with our areas that cover it, or why none does."""
    return frame(
        [
            {
                "code": item.code,
                "name": item.name,
                "group": item.group,
                "covered_by": ", ".join(covering(taxonomy.key, item.code, crosswalk, areas))
                or f"none: {why_uncovered(taxonomy.key, item.code, crosswalk)}",
                "definition": item.definition,
            }
            for item in taxonomy.items
        ],
        COVER_DTYPES,
    )


def covering(
    taxonomy: str, code: str, crosswalk: Crosswalk, areas: Sequence[PolicyAreaRecord]
) -> tuple[str, ...]:
    """Return the names of our areas that overlap an item of a public taxonomy."""
    names = {area.code: area.name for area in areas}
    return tuple(names.get(found, found) for found in crosswalk.areas_for(taxonomy, code))


def why_uncovered(taxonomy: str, code: str, crosswalk: Crosswalk) -> str:
    """Return why none of our areas covers an item; empty where one does."""
    return next(
        (
            entry.reason
            for entry in crosswalk.uncovered
            if (entry.taxonomy, entry.code) == (taxonomy, code)
        ),
        "",
    )


def item_words(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the items of a taxonomy by code, each with its code and name."""
    return {item.code: f"{item.code} {item.name}" for item in taxonomy.items}


def answer(
    taxonomy: Taxonomy, code: str, crosswalk: Crosswalk, areas: Sequence[PolicyAreaRecord]
) -> str:
    """Say which of our areas cover an item, or why none does."""
    name = item_words(taxonomy).get(code, code)
    covered = covering(taxonomy.key, code, crosswalk, areas)
    if covered:
        return f"{name} is covered by: {', '.join(covered)}."
    return f"{name} is covered by none of our areas. {why_uncovered(taxonomy.key, code, crosswalk)}"


def provenance(taxonomy: Taxonomy) -> str:
    """Say who publishes a taxonomy, in which version and where, and how our copy was checked."""
    checked = {
        "found": "read in a stored copy",
        "memory": "from memory, not read again",
    }[taxonomy.mark]
    return f"{taxonomy.publisher}, {taxonomy.version}. Our copy: {checked}. {taxonomy.source}"
