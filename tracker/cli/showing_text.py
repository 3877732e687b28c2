"""One risk, launch or mitigation as text for a person."""

from collections.abc import Sequence

from tracker.cli.launch_json import MitigationDetail
from tracker.cli.output import print_table, say
from tracker.cli.reading import shown_band, shown_score
from tracker.cli.risk_json import RiskDetail
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.state import AreaStatus, AssessorScore, LaunchState, RankedRisk, RiskMitigation
from tracker.domain.words import AreaState, Factor, Origin, View
from tracker.readiness.words import what_would_change_it, why


def print_risk(detail: RiskDetail) -> None:
    """Print one risk: figures in three views, the sum in words, assessments, mitigations."""
    state, risk = detail.state, detail.state.risk
    say(f"{risk.ref}  {risk.title}")
    say(risk.scenario)
    say(f"Policy area: {', '.join([risk.area, *risk.touches])}")
    say(f"Owner: {detail.launch.person_name(risk.owner)}. Status: {risk.status}.")
    if risk.source:
        say(f"Source: {risk.source}")
    say(f"{_place(detail.ranked)}: {detail.ranked.reason}")
    say("")
    _print_figures(detail)
    say(f"Today: {detail.explanation()}")
    if state.illustrative:
        say(f"Rests on an {ILLUSTRATIVE_LABEL} made for the demo.")
    if detail.assessments:
        say("")
        _print_assessments(detail)
    if state.mitigations:
        say("")
        _print_mitigations(state.mitigations)


def _place(ranked: RankedRisk) -> str:
    return f"Rank {ranked.rank}" if ranked.rank else "No rank"


def _print_figures(detail: RiskDetail) -> None:
    profile = detail.launch.profile
    views = [(view, detail.state.figures(view)) for view in View]
    print_table(
        {"View": "left", "Level": "left", "Harm": "right", "Band": "right", "Priority": "right"},
        (
            (
                view.value,
                figures.level,
                shown_score(figures.harm_score, profile),
                shown_band(figures, profile),
                shown_score(figures.priority, profile),
            )
            for view, figures in views
        ),
    )


def _print_assessments(detail: RiskDetail) -> None:
    columns = ["Assessor", "Picks (L S E R B)", "Grade", "Harm", "Priority", "Level", "On", "State"]
    print_table(
        dict.fromkeys(columns, "left") | {"Assessor": "fold", "State": "fold"},
        (_assessment_row(detail, score) for score in detail.scored()),
    )


def _assessment_row(detail: RiskDetail, score: AssessorScore) -> Sequence[object]:
    record, profile = score.assessment, detail.launch.profile
    return (
        detail.launch.person_name(record.assessor),
        " ".join(str(record.picks.of(factor)) for factor in Factor),
        record.grade,
        shown_score(score.harm_score, profile),
        shown_score(score.priority, profile),
        score.level,
        record.submitted_at.date().isoformat(),
        _assessment_state(detail, score),
    )


def _assessment_state(detail: RiskDetail, score: AssessorScore) -> str:
    record = score.assessment
    words = [
        "counts" if detail.counts(record) else "does not count",
        "superseded" if detail.is_superseded(record) else "",
        "outdated" if score.outdated else "",
        str(record.origin) if record.origin is Origin.ILLUSTRATIVE else "",
    ]
    return ", ".join(word for word in words if word)


def _print_mitigations(items: Sequence[RiskMitigation]) -> None:
    print_table(
        {"Mitigation": "left", "Mechanism": "left", "Status": "left", "Removes": "left",
         "Counts today": "right", "Title": "fold"},
        (
            (
                item.mitigation.ref,
                item.mitigation.mechanism,
                item.placement.status if item.placement else "not on this launch",
                _shares(item),
                f"{item.counted:.0%}",
                item.mitigation.title,
            )
            for item in items
        ),
    )  # fmt: skip


def _shares(item: RiskMitigation) -> str:
    effect = item.effect
    if effect.introduces or effect.low is None or effect.best is None or effect.high is None:
        return "introduces this risk"
    return f"{effect.low:.0%} / {effect.best:.0%} / {effect.high:.0%}"


def print_launch(state: LaunchState, queue: Sequence[RankedRisk]) -> None:
    """Print one launch: verdict, reasons with remedies, areas, open risks."""
    launch = state.launch
    say(f"{launch.key}  {launch.name}")
    say(f"Model version: {launch.model_version}. Configuration: {launch.configuration}.")
    say(f"Asks for: {launch.exposure_asked}. Now: {launch.exposure_now}.")
    say(f"Target date: {launch.target_date.isoformat()}. Review: {launch.review_status}.")
    if launch.as_of:
        say(f"Historical: read as of {launch.as_of.isoformat()}.")
    say(f"Owner: {state.person_name(launch.owner)} (identity not authenticated)")
    say("")
    say(why(state))
    say(what_would_change_it(state))
    say("")
    print_table(
        {"Reason": "fold", "Remedy": "fold"},
        ((reason.text, reason.remedy) for reason in state.reasons),
    )
    say("")
    print_table(
        {"Rank": "right", "Risk": "left", "Level": "left", "Harm": "right", "Title": "fold"},
        (
            (
                ranked.rank,
                ranked.state.ref,
                ranked.state.current.level,
                shown_score(ranked.state.current.harm_score, state.profile),
                ranked.state.risk.title,
            )
            for ranked in queue
        ),
    )
    say("")
    print_table(
        {"Policy area": "left", "State": "left", "Worst": "left", "Risks": "fold"},
        (_area_row(status) for status in state.areas if _concerns(status)),
    )


def _concerns(status: AreaStatus) -> bool:
    return status.state is not AreaState.NOT_APPLICABLE


def _area_row(status: AreaStatus) -> Sequence[object]:
    numbers = [ref.rpartition("/")[2] for ref in status.risks]
    return status.area.name, status.state, status.worst, " ".join(numbers)


def print_mitigation(detail: MitigationDetail) -> None:
    """Print one mitigation: what it does, where it is placed, what shows it."""
    record = detail.mitigation
    say(f"{record.ref}  {record.title}")
    if record.summary:
        say(record.summary)
    say(f"Mechanism: {record.mechanism}. Layer: {record.layer}. Owner: {record.owner or 'nobody'}.")
    if record.origin is Origin.ILLUSTRATIVE:
        say(f"An {ILLUSTRATIVE_LABEL} made for the demo.")
    say("")
    print_table(
        dict.fromkeys(["Launch", "Status", "Mandatory", "Due"], "left"),
        (
            (item.launch, item.status, "yes" if item.mandatory else "no", item.due)
            for item in detail.placements
        ),
    )
    say("")
    print_table(
        {"Risk": "left", "Low": "right", "Best": "right", "High": "right", "Introduces": "left"},
        (
            (item.risk, item.low, item.best, item.high, "yes" if item.introduces else "no")
            for item in detail.effects
        ),
    )
