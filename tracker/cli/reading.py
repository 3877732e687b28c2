"""`launches`, `risks` and `rank`: what stands in the register."""

from collections.abc import Sequence
from typing import Annotated

import typer

from tracker.cli.as_json import launch_values, ranked_values
from tracker.cli.opening import opened
from tracker.cli.options import JsonFlag, LaunchFilter, Today
from tracker.cli.output import print_json, print_table, say
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import Figures, LaunchState, RankedRisk
from tracker.domain.words import Level, View
from tracker.readiness.words import summarised
from tracker.scoring.show import one_decimal
from tracker.services.portfolio import closed_risks, ranked_queue
from tracker.store.queries.missing import not_found

AreaFilter = Annotated[
    str | None,
    typer.Option("--area", metavar="CODE", help="Only risks of this policy area, touched too."),
]
LevelFilter = Annotated[
    Level | None,
    typer.Option("--level", case_sensitive=False, help="Only risks of this current level."),
]
AllFlag = Annotated[bool, typer.Option("--all", help="Closed risks too; they have no rank.")]
Top = Annotated[
    int | None, typer.Option("--top", min=1, metavar="N", help="Only the first N of them.")
]


def launches(*, as_json: JsonFlag = False, today: Today = None) -> None:
    """List every launch with its verdict and what holds it."""
    with opened(today) as register:
        states = register.states()
    if as_json:
        print_json([launch_values(state) for state in states])
        return
    if not states:
        say("There is no launch in this register yet. Run: holdpoint new-launch --help")
        return
    folding = ["Target", "Review", "Exposure now", "Open risks", "Held by"]
    columns = {"Launch": "left", "Verdict": "left", **dict.fromkeys(folding, "fold")}
    print_table(columns, map(_launch_row, states))


def risks(
    *,
    launch: LaunchFilter = None,
    area: AreaFilter = None,
    level: LevelFilter = None,
    closed_too: AllFlag = False,
    as_json: JsonFlag = False,
    today: Today = None,
) -> None:
    """List the risks of one launch, of one policy area, or all, by launch and number."""
    with opened(today) as register:
        states, profile = register.states(), register.profile
    require_launch(states, launch)
    require_area(states, area)
    listed = [*ranked_queue(states)]
    if closed_too:
        listed += [closed for state in states for closed in closed_risks(state)]
    chosen = [risk for risk in listed if _fits(risk, launch, area, level)]
    places = {state.launch.key: place for place, state in enumerate(states)}
    _print_risks(
        sorted(chosen, key=lambda one: (places[one.launch.key], one.state.risk.number)),
        profile,
        as_json=as_json,
    )


def rank(
    *,
    launch: LaunchFilter = None,
    top: Top = None,
    as_json: JsonFlag = False,
    today: Today = None,
) -> None:
    """Rank every open risk in the order of work: UNASSESSED first, then by current priority."""
    with opened(today) as register:
        states, profile = register.states(), register.profile
    require_launch(states, launch)
    queue = [risk for risk in ranked_queue(states) if _fits(risk, launch, None, None)]
    _print_risks(queue[:top], profile, as_json=as_json)


def require_launch(states: Sequence[LaunchState], key: str | None) -> None:
    """Refuse a launch that is not in the register.

    Raises:
        NotFound: Naming similar keys.
    """
    known = [state.launch.key for state in states]
    if key is not None and key not in known:
        raise not_found("launch", key, known)


def require_area(states: Sequence[LaunchState], code: str | None) -> None:
    """Refuse a policy area that is not in the register.

    Raises:
        NotFound: Naming similar codes.
    """
    known = {status.area.code for state in states for status in state.areas}
    if code is not None and known and code not in known:
        raise not_found("policy area", code, sorted(known))


def _fits(ranked: RankedRisk, launch: str | None, area: str | None, level: Level | None) -> bool:
    risk = ranked.state.risk
    return (
        (launch is None or risk.launch == launch)
        and (area is None or area in (risk.area, *risk.touches))
        and (level is None or ranked.state.current.level is level)
    )


def _print_risks(listed: Sequence[RankedRisk], profile: ScoringProfile, *, as_json: bool) -> None:
    if as_json:
        print_json([ranked_values(ranked) for ranked in listed])
        return
    if not listed:
        say("No risk fits.")
        return
    print_table(
        {
            "Rank": "right",
            "Risk": "left",
            "Level": "left",
            "Harm": "right",
            "Priority": "right",
            "Business": "right",
            "Title": "fold",
            "Reason": "fold",
        },
        (_risk_row(ranked, profile) for ranked in listed),
    )
    if any(ranked.state.illustrative for ranked in listed):
        say(f"* rests on an {ILLUSTRATIVE_LABEL} made for the demo")


def _risk_row(ranked: RankedRisk, profile: ScoringProfile) -> Sequence[object]:
    state, figures = ranked.state, ranked.state.current
    values = ranked_values(ranked)
    return (
        values["rank"] or "closed",
        f"{state.ref}{'*' if state.illustrative else ''}",
        figures.level,
        shown_score(figures.harm_score, profile),
        shown_score(figures.priority, profile),
        values["business_impact"],
        state.risk.title,
        ranked.reason,
    )


def shown_score(points: float | None, profile: ScoringProfile) -> str:
    """Return a score with one decimal, or a dash where nobody's judgement counts."""
    return "–" if points is None else one_decimal(points, profile)


def shown_band(figures: Figures, profile: ScoringProfile) -> str:
    """Return the band of a harm score with one decimal each, or a dash."""
    if figures.band is None:
        return "–"
    return " to ".join(one_decimal(points, profile) for points in figures.band)


def _launch_row(state: LaunchState) -> Sequence[object]:
    launch = state.launch
    counts = state.level_counts(View.CURRENT)
    return (
        launch.key,
        state.verdict,
        f"{launch.target_date.isoformat()}{' (historical)' if launch.as_of else ''}",
        launch.review_status,
        launch.exposure_now,
        ", ".join(f"{counts[level]} {level}" for level in reversed(Level) if counts[level]),
        "; ".join(summarised(state.reasons)),
    )
