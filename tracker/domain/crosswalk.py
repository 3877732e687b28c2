"""The crosswalk between our policy areas and the public taxonomies of AI risk."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaxonomyItem:
    """One item of a public taxonomy: the publisher's code and name, our own definition."""

    code: str
    name: str
    group: str
    definition: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One version of a public taxonomy.

    Attributes:
        source: Where it is published.
        mark: How our copy was checked: `found` (read in a stored copy) or `memory`.
        note: What a reader of the crosswalk should know about it; may be empty.
        items: In the publisher's order.
    """

    key: str
    title: str
    publisher: str
    version: str
    source: str
    mark: str
    note: str
    items: tuple[TaxonomyItem, ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An item that none of our policy areas reaches, and why that is so."""

    taxonomy: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Which policy areas overlap which items, read in both directions.

    Attributes:
        taxonomies: By key, in the order of the file.
        links: Area code to taxonomy key to the codes that the area overlaps.
        modalities: Area code to the kinds of input and output in which it arises.
        uncovered: Every item without an area, with its reason.
    """

    taxonomies: Mapping[str, Taxonomy]
    links: Mapping[str, Mapping[str, tuple[str, ...]]]
    modalities: Mapping[str, tuple[str, ...]]
    uncovered: tuple[Uncovered, ...]

    def has(self, taxonomy: str, code: str) -> bool:
        """Tell whether a known taxonomy has an item of this code."""
        return self.find_item(taxonomy, code) is not None

    def find_item(self, taxonomy: str, code: str) -> TaxonomyItem | None:
        """Return the item of this code, or None where taxonomy or code is unknown."""
        known = self.taxonomies.get(taxonomy)
        items = known.items if known else ()
        return next((item for item in items if item.code == code), None)

    def areas_for(self, taxonomy: str, code: str) -> tuple[str, ...]:
        """Return the codes of our areas that overlap an item, in the order of the areas."""
        return tuple(area for area, codes in self.links.items() if code in codes.get(taxonomy, ()))

    def codes_for(self, area: str) -> Mapping[str, tuple[str, ...]]:
        """Return what an area overlaps: taxonomy key to codes; empty for an unknown area."""
        return self.links.get(area, {})
