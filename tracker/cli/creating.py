"""`new-launch`: register a launch, from nothing or from an earlier one."""

from datetime import date
from typing import Annotated

import typer

from tracker.cli.opening import act_of, opened
from tracker.cli.options import Acting, parse_date, parse_reasoned
from tracker.cli.output import say
from tracker.domain.drafts import LaunchDraft, ScopeDraft
from tracker.domain.validation import build
from tracker.domain.words import Applicability, ExposureStage
from tracker.services.launches import clone_launch, create_launch


def _text(name: str, explained: str, metavar: str = "TEXT") -> typer.models.OptionInfo:
    return typer.Option(name, metavar=metavar, help=explained)


def new_launch(
    *,
    key: Annotated[str, _text("--key", "Its key for good: small letters, digits, dashes.", "KEY")],
    name: Annotated[str, _text("--name", "Its name.")],
    model_version: Annotated[str, _text("--model-version", "The version under review.")],
    configuration: Annotated[str, _text("--configuration", "The configuration under review.")],
    exposure_asked: Annotated[
        ExposureStage,
        typer.Option("--exposure-asked", case_sensitive=False, help="The stage it asks for."),
    ],
    target_date: Annotated[
        date,
        typer.Option("--target-date", metavar="DATE", parser=parse_date, help="Ends at 24:00 UTC."),
    ],
    owner: Annotated[str, _text("--owner", "Key of the launch owner.", "PERSON")],
    exposure_now: Annotated[
        ExposureStage,
        typer.Option("--exposure-now", case_sensitive=False, help="The stage it runs at."),
    ] = ExposureStage.NONE,
    summary: Annotated[str, _text("--summary", "What is launched.")] = "",
    developer: Annotated[str, _text("--developer", "Who develops it.")] = "",
    surfaces: Annotated[str, _text("--surfaces", "Where people meet it.")] = "",
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            parser=parse_date,
            help="Only for a historical launch: the day as of which it is read.",
        ),
    ] = None,
    responsible_officer: Annotated[
        str | None, _text("--responsible-officer", "Key of the responsible officer.", "PERSON")
    ] = None,
    approver: Annotated[str | None, _text("--approver", "Key of the approver.", "PERSON")] = None,
    in_scope: Annotated[
        list[str] | None, _text("--in-scope", "A policy area in scope; repeat it.", "AREA")
    ] = None,
    not_applicable: Annotated[
        list[str] | None,
        _text("--not-applicable", "A policy area that does not apply; repeat it.", "AREA=REASON"),
    ] = None,
    none_found: Annotated[
        list[str] | None,
        _text(
            "--none-found", "A policy area in which no risk was found; repeat it.", "AREA=REASON"
        ),
    ] = None,
    clone_from: Annotated[
        str | None,
        _text(
            "--clone-from",
            "A launch whose open risks and mitigations come along; mitigations start unverified, "
            "assessments and decisions stay behind.",
            "KEY",
        ),
    ] = None,
    acting: Acting = None,
) -> None:
    """Register a launch with its first scope decisions, or clone an earlier one."""
    draft = build(
        LaunchDraft,
        {
            "key": key,
            "name": name,
            "summary": summary,
            "developer": developer,
            "model_version": model_version,
            "configuration": configuration,
            "surfaces": surfaces,
            "exposure_asked": exposure_asked,
            "exposure_now": exposure_now,
            "target_date": target_date,
            "as_of": as_of,
            "owner": owner,
            "responsible_officer": responsible_officer,
            "approver": approver,
        },
    )
    scopes = _scopes(in_scope or [], not_applicable or [], none_found or [])
    with opened() as register:
        act = act_of(register.store, acting)
        if clone_from is None:
            create_launch(register.store, act, draft, scopes)
        else:
            clone_launch(register.store, act, clone_from, draft, scopes)
    say(f"Registered {draft.key}. See: holdpoint show {draft.key}")


def _scopes(
    in_scope: list[str], not_applicable: list[str], none_found: list[str]
) -> list[ScopeDraft]:
    excluded = {
        Applicability.NOT_APPLICABLE: ("--not-applicable", not_applicable),
        Applicability.NONE_FOUND: ("--none-found", none_found),
    }
    return [_scope(area, Applicability.IN_SCOPE, "") for area in in_scope] + [
        _scope(*_in_order(applicability, parse_reasoned(option, text)))
        for applicability, (option, texts) in excluded.items()
        for text in texts
    ]


def _in_order(
    applicability: Applicability, reasoned: tuple[str, str]
) -> tuple[str, Applicability, str]:
    area, reason = reasoned
    return area, applicability, reason


def _scope(area: str, applicability: Applicability, reason: str) -> ScopeDraft:
    return build(ScopeDraft, {"area": area, "applicability": applicability, "reason": reason})
