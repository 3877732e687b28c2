"""The templates of launch criteria, by policy area, with the published figures beside them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from tracker.domain.gate_templates import GateTemplate
from tracker.domain.records import PolicyAreaRecord
from tracker.domain.words import GateCoverage, GateKind
from tracker.readiness.gate_words import exact_words, sign_of
from tracker.views.figures import counted, frame

ANSWERS: Final = "Which launch criteria can a gate start from, and what did others publish?"
OWN: Final = (
    "Thresholds, sample sizes and ages are the organisation's own starting points: no publisher "
    "set them, and a gate written from a template may differ. Published figures are context for a "
    "threshold, never its reason. A gate is written from one under Launch, Gates."
)
NO_MATCH: Final = "No template matches. Take a filter away to see the others."

MOST_NAMED: Final = 3
"""Of more policy areas of one template than this the first ones are named."""

DTYPES: Final = {
    "title": "str",
    "asks": "str",
    "threshold": "str",
    "n": "Int64",
    "age": "int64",
    "counts": "str",
    "twin": "str",
    "areas": "str",
    "kind": "str",
    "rationale": "str",
}
"""Columns of the templates; `asks` is what is measured or attested, `age` the oldest run or
attestation in days, `twin` the template that shows the price in refused help."""

EXAMPLE_DTYPES: Final = {"title": "str", "figure": "str", "source": "str"}


@dataclass(frozen=True, slots=True)
class TemplateFilter:
    """What narrows the templates; an empty collection lets everything through."""

    areas: Collection[str] = ()
    families: Collection[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """The templates that match.

    Attributes:
        headline: How many there are, for how many policy areas.
        frame: One line per template, in the order of the policy areas.
        examples: Published figures of the same templates.
        uncovered: Which policy areas have no template; empty where each has one.
        empty: What to do where no template matches; empty where one does.
    """

    headline: str
    frame: pd.DataFrame
    examples: pd.DataFrame
    uncovered: str
    empty: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    areas: Mapping[str, PolicyAreaRecord]
    titles: Mapping[str, str]
    places: Mapping[str, int] = field(default_factory=dict[str, int])


def templates_view(
    templates: Sequence[GateTemplate], areas: Sequence[PolicyAreaRecord], wanted: TemplateFilter
) -> TemplatesView:
    """Return the templates that match, with what they would ask for."""
    shelf = _Shelf(
        areas={area.code: area for area in areas},
        titles={template.key: template.title for template in templates},
        places={area.code: place for place, area in enumerate(areas)},
    )
    found = [one for one in templates if _matches(one, wanted, shelf)]
    found.sort(key=lambda one: min(shelf.places[code] for code in _shown_areas(one, wanted, shelf)))
    covered = {code for template in templates for code in template.areas}
    return TemplatesView(
        headline=f"{counted(len(templates), 'template')} of gates for {len(covered)} of "
        f"{counted(len(areas), 'policy area')}",
        frame=frame([_line(template, wanted, shelf) for template in found], DTYPES),
        examples=frame(list(_examples(found)), EXAMPLE_DTYPES),
        uncovered=_uncovered([area for area in areas if area.code not in covered]),
        empty="" if found else NO_MATCH,
    )


def _shown_areas(template: GateTemplate, wanted: TemplateFilter, shelf: _Shelf) -> list[str]:
    """The areas of a template that the filter lets through."""
    return [
        code
        for code in template.areas
        if (not wanted.areas or code in wanted.areas)
        and (not wanted.families or shelf.areas[code].family in wanted.families)
    ]


def _matches(template: GateTemplate, wanted: TemplateFilter, shelf: _Shelf) -> bool:
    searched = "\n".join(
        [
            template.title,
            _asks(template),
            template.rationale,
            *(shelf.areas[code].name for code in template.areas),
            *(f"{example.figure} {example.source}" for example in template.examples),
        ]
    )
    return bool(_shown_areas(template, wanted, shelf)) and (
        wanted.text.strip().casefold() in searched.casefold()
    )


def _asks(template: GateTemplate) -> str:
    return template.metric or template.statement


def _line(template: GateTemplate, wanted: TemplateFilter, shelf: _Shelf) -> dict[str, Any]:
    return {
        "title": template.title,
        "asks": _asks(template),
        "threshold": threshold_words(template).replace(" %", "\N{NO-BREAK SPACE}%"),
        "n": template.min_n,
        "age": template.max_age_days,
        "counts": "must pass" if template.must_pass else "advisory",
        "twin": shelf.titles[template.twin] if template.twin else "",
        "areas": _area_words(template, wanted, shelf),
        "kind": str(template.kind),
        "rationale": template.rationale,
    }


def _area_words(template: GateTemplate, wanted: TemplateFilter, shelf: _Shelf) -> str:
    """The areas of a template, those that were asked for first; of many the first ones."""
    shown = _shown_areas(template, wanted, shelf)
    ordered = [*shown, *(code for code in template.areas if code not in shown)]
    names = [shelf.areas[code].name for code in ordered]
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def threshold_words(template: GateTemplate) -> str:
    """Return what a template asks for, such as "≥ 95 % in every slice, at 95 %"."""
    if template.kind is GateKind.ATTESTED:
        return "a person's word on a document"
    if template.threshold is None or template.direction is None:
        return "not stated"
    asked = f"{sign_of(template.direction)} {exact_words(template.threshold, template.scale)}"
    every = " in every slice" if template.coverage is GateCoverage.EVERY_SLICE else ""
    margin = (
        f", no worse than a baseline by {exact_words(template.margin, template.scale)} or more"
        if template.margin is not None
        else ""
    )
    return f"{asked}{every}, shown at {template.confidence * 100:g} %{margin}"


def _examples(templates: Iterable[GateTemplate]) -> Iterable[dict[str, str]]:
    for template in templates:
        for example in template.examples:
            yield {
                "title": template.title,
                "figure": example.figure,
                "source": example.source,
            }


def _uncovered(areas: Sequence[PolicyAreaRecord]) -> str:
    if not areas:
        return ""
    named = ", ".join(f"{area.name} ({area.gate_type})" for area in areas)
    return f"Without a template: {named}."
