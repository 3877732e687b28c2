"""The sentences that the demo's records carry: where a fact stands, and what is illustrative."""

from collections.abc import Iterable, Mapping

from tracker.readers.demo_files import (
    Document,
    FactsFile,
    JudgementsFile,
    MitigationFacts,
    MitigationJudgement,
    RiskFacts,
    Surface,
    UnassessedEntry,
)
from tracker.readers.demo_sources import Figure, Source

Documents = Mapping[str, Document]


def cited(source: Source, documents: Documents) -> str:
    """Return document and section, such as `GPT-4 System Card, section 2.2`."""
    section = source.section
    if section[0].isdigit():
        section = f"{'sections' if ';' in section else 'section'} {section}"
    return f"{documents[source.document].title}, {section}"


def launch_summary(facts: FactsFile) -> str:
    """Return what goes in and comes out, and what the review left aside."""
    summary = f"Takes {_listed(facts.takes)}; gives {_listed(facts.gives)}."
    if facts.not_under_review:
        summary += f" Not under review: {_listed(facts.not_under_review)}."
    return summary


def launch_surfaces(facts: FactsFile) -> str:
    """Return where the launch appears and who gets at it."""
    return "; ".join(_surface(surface) for surface in facts.surfaces)


def launch_source(facts: FactsFile, documents: Documents) -> str:
    """Return the document under review with publisher, date and address."""
    document = documents[facts.document]
    return f"{document.title} ({document.publisher}, {document.date}), {document.url}"


def launch_note(
    facts: FactsFile, judged: JudgementsFile, statement: str, documents: Documents
) -> str:
    """Return what is published and what is illustrative, then the dated facts."""
    published = "Published: the launch, its surfaces, risks, mitigations and figures."
    milestones = "\n".join(
        f"{m.date}: {m.event} ({cited(m.source, documents)})." for m in facts.milestones
    )
    paragraphs = [
        f"{published} {statement}",
        " ".join([*judged.notes, facts.launched_note]).strip(),
        f"Launched on {facts.launched.isoformat()}. Milestones:\n{milestones}",
    ]
    return "\n\n".join(paragraphs)


def risk_note(
    facts: RiskFacts,
    unassessed: UnassessedEntry | None,
    added: Iterable[tuple[str, str]],
    names: Mapping[str, str],
) -> str:
    """Return what remains as the document tells it, our reading of it, and what we added.

    Args:
        facts: The risk as the document tells it.
        unassessed: Why nobody has scored it, where that is so.
        added: Name of a further policy area, and why we count the risk under it too.
        names: Key of a person to name.
    """
    sentences = [
        f"What remains, as the document tells it: {facts.residual}",
        f"Our reading of the document: {facts.status_in_card}.",
    ]
    sentences += [f"We also count it under “{area}”: {reason}" for area, reason in added]
    if unassessed:
        asked = "; ".join(names[key] for key in unassessed.asked)
        sentences.append(f"UNASSESSED on purpose: {unassessed.reason} Asked: {asked}.")
    return " ".join(sentences)


def mitigation_summary(facts: MitigationFacts) -> str:
    """Return what the mitigation is, and how far it is in our reading of the document."""
    return f"{facts.summary} Our reading of the document: {facts.status_in_card}.".strip()


def effect_basis(entry: MitigationJudgement) -> str:
    """Return what the shares rest on, and since when the mitigation stands where that is known."""
    since = f" In place since {entry.since.isoformat()}." if entry.since else ""
    return entry.basis + since


def verification_evidence(figures: Iterable[Figure], documents: Documents) -> str:
    """Return the published figures that a verification rests on, each with its section."""
    return " ".join(fact_words(figure, documents) for figure in figures)


def fact_words(fact: Figure, documents: Documents) -> str:
    """Return a published fact as a sentence with document and section in brackets."""
    return f"{fact.text.removesuffix('.')} ({cited(fact.source, documents)})."


def with_facts(reason: str, facts: Iterable[Figure], documents: Documents) -> str:
    """Return a reason of ours, then what is published about it, kept apart."""
    said = " ".join(fact_words(fact, documents) for fact in facts)
    return f"{reason}\n\nPublished: {said}" if said else reason


def _surface(surface: Surface) -> str:
    recalled = ", recalled and not read again" if surface.recalled else ""
    return f"{surface.name} ({surface.access}{recalled})"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
