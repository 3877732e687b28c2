"""Whether the files of the demo fit together; every place that does not is named."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from tracker.domain.words import Applicability, MitigationStatus
from tracker.readers.demo_files import (
    DemoFiles,
    FactsFile,
    JudgementsFile,
    LaunchFiles,
    MitigationFacts,
    MitigationJudgement,
)

Problem = tuple[str, str]


def demo_problems(demo: DemoFiles, areas: Collection[str]) -> Iterator[Problem]:
    """Yield each place that contradicts another, as (place, problem).

    Args:
        demo: The files, each sound in itself.
        areas: Codes of the policy areas that exist.
    """
    people = {person.key for person in demo.portfolio.people}
    teams = {team.key for team in demo.portfolio.teams}
    yield from _people_problems(demo, areas)
    yield from _numbering_problems(demo)
    for files, key in zip(demo.launches, demo.portfolio.launches, strict=True):
        yield from _about(key, files)
        yield from _fact_problems(files.facts, demo.documents.documents.keys(), areas)
        yield from _judgement_problems(files, people, areas)
        yield from _mitigation_problems(files, people, teams)
    yield from _proposal_problems(demo, people, teams)


def _people_problems(demo: DemoFiles, areas: Collection[str]) -> Iterator[Problem]:
    portfolio = demo.portfolio
    yield from twice("portfolio.yaml, people", [person.key for person in portfolio.people])
    yield from twice("portfolio.yaml, people", [person.name for person in portfolio.people])
    yield from twice("portfolio.yaml, teams", [team.key for team in portfolio.teams])
    yield from twice("portfolio.yaml, launches", portfolio.launches)
    led = Counter(area for person in portfolio.people for area in person.leads)
    yield from unknown("portfolio.yaml, leads", led, areas, "a policy area")
    for area in sorted(areas):
        if led[area] != 1:
            yield f"portfolio.yaml, leads, {area}", f"is led by {led[area]} people instead of one"


def _numbering_problems(demo: DemoFiles) -> Iterator[Problem]:
    """References are written down, and leave no gap in the order of the files."""
    for files in demo.launches:
        refs = [risk.ref for risk in files.facts.risks]
        yield from gaps(f"{files.key}/facts.yaml, risks", refs, "R", 1)
    first = 1
    for files in demo.launches:
        mitigations = files.facts.mitigations
        refs = [mitigation.ref for mitigation in mitigations]
        yield from gaps(f"{files.key}/facts.yaml, mitigations", refs, "M", first)
        first += len(mitigations)
    proposals = [proposal.ref for proposal in demo.proposals.mitigations]
    yield from gaps("proposals.yaml, mitigations", proposals, "M", first)


def _about(key: str, files: LaunchFiles) -> Iterator[Problem]:
    for name, about in (("facts", files.facts.launch), ("judgements", files.judgements.launch)):
        if about != key:
            yield f"{key}/{name}.yaml, launch", f"says “{about}”"


def _fact_problems(
    facts: FactsFile, documents: Collection[str], areas: Collection[str]
) -> Iterator[Problem]:
    where = f"{facts.launch}/facts.yaml"
    yield from unknown(f"{where}, document", _cited(facts), documents, "in sources.yaml")
    for risk in facts.risks:
        named = (risk.area, *risk.touches)
        yield from unknown(f"{where}, {risk.ref}", named, areas, "a policy area")
    refs = {risk.ref for risk in facts.risks}
    for mitigation in facts.mitigations:
        named = (*mitigation.lowers, *mitigation.worsens)
        yield from unknown(f"{where}, {mitigation.ref}", named, refs, "a risk of this launch")


def _cited(facts: FactsFile) -> Iterator[str]:
    yield facts.document
    for surface in facts.surfaces:
        yield surface.document
    for fact in (*facts.milestones, *facts.risks, *facts.mitigations):
        yield fact.source.document
    for mitigation in facts.mitigations:
        for figure in mitigation.figures:
            yield figure.source.document


def _judgement_problems(
    files: LaunchFiles, people: Collection[str], areas: Collection[str]
) -> Iterator[Problem]:
    judged, where = files.judgements, f"{files.key}/judgements.yaml"
    risks = {risk.ref for risk in files.facts.risks}
    yield from unknown(f"{where}, people", _named_people(judged), people, "in portfolio.yaml")
    touched = [touch.risk for touch in judged.also_touches]
    yield from unknown(f"{where}, also_touches", touched, risks, "a risk of this launch")
    yield from unknown(
        f"{where}, also_touches", [t.area for t in judged.also_touches], areas, "a policy area"
    )
    if (judged.as_of is None) == (judged.target is None):
        yield where, "needs either a target (under way) or as_of (historical)"
    yield from _assessment_problems(where, judged, risks)
    yield from _scope_problems(where, files, areas)


def _named_people(judged: JudgementsFile) -> Iterator[str]:
    yield from (judged.owner, judged.responsible_officer, judged.approver)
    yield from (entry.confirmed_by for entry in judged.scope if entry.confirmed_by)
    yield from (entry.by for entries in judged.assessments.values() for entry in entries)
    yield from (key for entry in judged.unassessed for key in entry.asked)


def _assessment_problems(
    where: str, judged: JudgementsFile, risks: Collection[str]
) -> Iterator[Problem]:
    """Every risk is assessed by somebody else than the owner, or said to be unassessed."""
    unassessed = [entry.risk for entry in judged.unassessed]
    named = [*judged.assessments, *unassessed]
    yield from twice(f"{where}, assessments and unassessed", named)
    yield from unknown(f"{where}, assessments", named, risks, "a risk of this launch")
    for risk in sorted(set(risks) - set(named)):
        yield f"{where}, assessments, {risk}", "is neither assessed nor listed as unassessed"
    for risk, entries in judged.assessments.items():
        if judged.owner in {entry.by for entry in entries}:
            yield f"{where}, assessments, {risk}", "is assessed by the launch owner"


def _scope_problems(where: str, files: LaunchFiles, areas: Collection[str]) -> Iterator[Problem]:
    """Every area has a line; one without a risk says why, and who confirmed it or that it gapes."""
    scope = files.judgements.scope
    yield from twice(f"{where}, scope", [entry.area for entry in scope])
    yield from unknown(f"{where}, scope", [e.area for e in scope], areas, "a policy area")
    for area in sorted(set(areas) - {entry.area for entry in scope}):
        yield f"{where}, scope, {area}", "is missing"
    covered = _covered(files)
    for entry in scope:
        place = f"{where}, scope, {entry.area}"
        if entry.applicability is not Applicability.IN_SCOPE:
            if not entry.reason or not entry.confirmed_by:
                yield place, "needs a reason and somebody who confirmed it"
            if entry.confirmed_by == files.judgements.owner:
                yield place, "is confirmed by the launch owner"
            if entry.area in covered:
                yield place, "has a risk all the same"
        elif entry.area not in covered and not entry.reason:
            yield place, "is in scope without a risk and without a word why"


def _covered(files: LaunchFiles) -> set[str]:
    areas = {area for risk in files.facts.risks for area in (risk.area, *risk.touches)}
    return areas | {touch.area for touch in files.judgements.also_touches}


def _mitigation_problems(
    files: LaunchFiles, people: Collection[str], teams: Collection[str]
) -> Iterator[Problem]:
    where = f"{files.key}/judgements.yaml, mitigations"
    judged = files.judgements.mitigations
    facts = {mitigation.ref: mitigation for mitigation in files.facts.mitigations}
    for ref in sorted(facts.keys() ^ judged.keys()):
        yield f"{where}, {ref}", "stands in only one of the two files of the launch"
    for ref in facts.keys() & judged.keys():
        place, entry = f"{where}, {ref}", judged[ref]
        named = [entry.owner, *([entry.verified.by] if entry.verified else [])]
        yield from unknown(place, named, people, "in portfolio.yaml")
        yield from unknown(place, [entry.team, *entry.days], teams, "a team")
        yield from _effect_problems(place, facts[ref], entry)
        yield from _rising(place, entry.shares, entry.duration)


def _effect_problems(
    place: str, facts: MitigationFacts, entry: MitigationJudgement
) -> Iterator[Problem]:
    if set(entry.shares) != set(facts.lowers) - set(facts.worsens):
        yield place, "must have shares for the risks that it lowers and does not worsen, no others"
    if (entry.verified is not None) != (entry.status is MitigationStatus.VERIFIED):
        yield place, "is verified by somebody exactly when its status says so"
    if entry.verified and entry.verified.by == entry.owner:
        yield place, "is verified by its owner"
    if entry.verified and not facts.figures:
        yield place, "is verified without a published figure"


def _proposal_problems(
    demo: DemoFiles, people: Collection[str], teams: Collection[str]
) -> Iterator[Problem]:
    for proposal in demo.proposals.mitigations:
        place = f"proposals.yaml, {proposal.ref}"
        risks = {
            f"{files.key}/{risk.ref}"
            for files in demo.launches
            if files.key in proposal.launches
            for risk in files.facts.risks
        }
        yield from unknown(
            place, proposal.launches, demo.portfolio.launches, "a launch of portfolio.yaml"
        )
        yield from unknown(
            place, [*proposal.shares, *proposal.worsens], risks, "a risk of its launches"
        )
        yield from unknown(place, [proposal.owner], people, "in portfolio.yaml")
        yield from unknown(place, [proposal.team, *proposal.days], teams, "a team")
        yield from _rising(place, proposal.shares, proposal.duration)
        if set(proposal.shares) & set(proposal.worsens):
            yield place, "lowers and worsens the same risk"


def _rising(
    place: str, shares: Mapping[str, tuple[float, ...]], duration: tuple[float, ...]
) -> Iterator[Problem]:
    for risk, triple in shares.items():
        if list(triple) != sorted(triple):
            yield f"{place}, {risk}", "has shares that do not rise: low, best, high"
    if list(duration) != sorted(duration):
        yield place, "has a duration that does not rise: shortest, likely, longest"


def unknown(
    place: str, named: Iterable[str], known: Collection[str], what: str
) -> Iterator[Problem]:
    """Yield each name that is not among those known; `what` says what it is not."""
    for name in sorted(set(named) - set(known)):
        yield f"{place}, {name}", f"is not {what}"


def twice(place: str, named: Iterable[str]) -> Iterator[Problem]:
    """Yield each name that stands there more than once."""
    for name, count in Counter(named).items():
        if count > 1:
            yield f"{place}, {name}", "appears twice"


def gaps(place: str, refs: list[str], letter: str, first: int) -> Iterator[Problem]:
    """Yield the place unless its references count up from the first without a gap."""
    expected = [f"{letter}-{number}" for number in range(first, first + len(refs))]
    if refs != expected:
        yield place, f"must be numbered {letter}-{first} to {letter}-{first + len(refs) - 1}"
