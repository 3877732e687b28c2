"""The templates of launch criteria that ship with Holdpoint."""

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Annotated, Final, Self

from pydantic import Field, StrictBool, model_validator

from tracker.domain.errors import ImportRejected
from tracker.domain.gate_drafts import AgeDays, Level95, Margin, Samples, Threshold
from tracker.domain.gate_templates import OVER_REFUSAL, GateTemplate, PublishedExample
from tracker.domain.types import Key, Name, OptionalText, Reason, Text, Title
from tracker.domain.validation import Draft
from tracker.domain.words import Direction, GateCoverage, GateKind, Scale
from tracker.readers.areas import packaged_areas
from tracker.readers.data_files import read_data
from tracker.readers.yaml_file import read_yaml

TEMPLATES_FILE: Final = "gate_templates.yaml"


class _Example(Draft):
    figure: Text
    source: Text


class _Template(Draft):
    key: Key
    starter: Annotated[int, Field(ge=1, le=12, strict=True)] | None = None
    title: Title
    areas: Annotated[tuple[Key, ...], Field(min_length=1)]
    kind: GateKind
    metric: OptionalText = ""
    statement: OptionalText = ""
    direction: Direction | None = None
    scale: Scale = Scale.SHARE
    threshold: Threshold | None = None
    coverage: GateCoverage = GateCoverage.OVERALL
    confidence: Level95 = 0.95
    min_n: Samples | None = None
    max_age_days: AgeDays
    must_pass: StrictBool = True
    margin: Margin | None = None
    twin: Key | None = None
    rationale: Reason
    examples: tuple[_Example, ...] = ()

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Self:
        measured = (self.metric or None, self.direction, self.threshold)
        if self.kind is GateKind.MEASURED and (None in measured or self.statement):
            raise ValueError("a measured template says metric, direction and threshold")
        if self.kind is GateKind.ATTESTED:
            if any(value is not None for value in (*measured, self.min_n, self.margin)):
                raise ValueError("an attested template has no metric, threshold, n or margin")
            if not self.statement:
                raise ValueError("an attested template says what has to be attested")
        return self


class _TemplatesFile(Draft):
    version: Name
    templates: Annotated[tuple[_Template, ...], Field(min_length=1)]


def read_gate_templates(
    content: bytes, source: str, areas: Collection[str]
) -> tuple[GateTemplate, ...]:
    """Read templates in the order of the file.

    Args:
        content: The file.
        source: Its name, for messages.
        areas: Codes of the policy areas that exist.

    Raises:
        ImportRejected: Naming every wrong place.
    """
    file = read_yaml(content, source, _TemplatesFile)
    problems = dict(_problems(file, areas))
    if problems:
        raise ImportRejected(source, problems)
    return tuple(_template(entry) for entry in file.templates)


@cache
def packaged_gate_templates() -> tuple[GateTemplate, ...]:
    """Return the templates that ship with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The file is not there.
        ImportRejected: It is not sound.
    """
    areas = [area.code for area in packaged_areas()]
    return read_gate_templates(read_data(TEMPLATES_FILE), TEMPLATES_FILE, areas)


def _problems(file: _TemplatesFile, areas: Collection[str]) -> Iterator[tuple[str, str]]:
    by_key = {template.key: template for template in file.templates}
    for key, count in Counter(template.key for template in file.templates).items():
        if count > 1:
            yield f"templates, {key}", "appears twice"
    for template in file.templates:
        for area in sorted(set(template.areas) - set(areas)):
            yield f"templates, {template.key}, {area}", "is not a policy area"
        twin = by_key.get(template.twin) if template.twin else None
        if template.twin and (twin is None or OVER_REFUSAL not in twin.areas):
            place = f"templates, {template.key}, {template.twin}"
            yield place, "is no template of the area over_refusal"


def _template(entry: _Template) -> GateTemplate:
    return GateTemplate(
        key=entry.key,
        title=entry.title,
        areas=entry.areas,
        starter=entry.starter,
        kind=entry.kind,
        metric=entry.metric,
        statement=entry.statement,
        scale=entry.scale if entry.kind is GateKind.MEASURED else None,
        direction=entry.direction,
        threshold=entry.threshold,
        coverage=entry.coverage,
        confidence=entry.confidence,
        min_n=entry.min_n,
        max_age_days=entry.max_age_days,
        must_pass=entry.must_pass,
        margin=entry.margin,
        twin=entry.twin,
        rationale=entry.rationale,
        examples=tuple(PublishedExample(e.figure, e.source) for e in entry.examples),
    )
